"""Published bulletins for other programs: the list, and the figures of one."""

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.bulletins.bulletin import BulletinKind, BulletinState
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.listing import ListAsked
from inspection.domain.people.api_token import TokenScope
from inspection.persistence.bulletins.bulletins import BulletinListed, BulletinsWanted
from inspection.services.bulletins.bulletins import (
    bulletin_export,
    bulletin_list,
    published_figures,
)
from inspection.web.api.tagged import tagged
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import FormatQuery, export_file

BULLETINS = frozenset({TokenScope.BULLETINS})


class BulletinsQuery(FormatQuery, frozen=True):
    """Words to look for, the order, from where on, and of which sort."""

    q: Annotated[str, Meta(max_length=100)] = ""
    sort: Annotated[str, Meta(max_length=40)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""
    kind: Literal["", "week", "round"] = ""

    def wanted(self) -> BulletinsWanted:
        """The same as the service is asked: drafts are nobody's but their writers'."""
        asked = ListAsked(q=self.q.strip(), sort=self.sort, cursor=self.cursor)
        return BulletinsWanted(asked=asked, state=BulletinState.PUBLISHED.value, kind=self.kind)


class BulletinOut(msgspec.Struct, frozen=True, kw_only=True):
    """An issue of the list."""

    id: str
    number: str
    issue: int
    kind: BulletinKind
    first_on: date
    last_on: date
    published_at: datetime


class BulletinsOut(msgspec.Struct, frozen=True, kw_only=True):
    """A page of issues."""

    bulletins: tuple[BulletinOut, ...]
    total: int
    next_cursor: str | None


@get("/api/bulletins", opt=needs(Action.BULLETIN_READ, asks=BulletinsQuery, tokens=BULLETINS))
async def read_bulletins(request: WebRequest) -> Response[BulletinsOut | None] | Stream:
    """A page of published issues; as a file all of them."""
    query, actor = query_of(request, BulletinsQuery), actor_of(request)
    if query.format:
        export = bulletin_export(actor, query.wanted(), language_of(request))
        return await export_file(request, query.format, export)
    found = await bulletin_list(actor, query.wanted())
    said = BulletinsOut(
        bulletins=tuple(_listed(row) for row in found.rows),
        total=found.total,
        next_cursor=found.next_cursor,
    )
    return tagged(request, said)


@get("/api/bulletins/{id:str}", opt=needs(Action.BULLETIN_READ, tokens=BULLETINS))
async def read_bulletin(
    request: WebRequest, id: FromPath[str]
) -> Response[BulletinSnapshot | None]:
    """The figures of a published issue, as they were frozen."""
    return tagged(request, await published_figures(actor_of(request), id))


def _listed(row: BulletinListed) -> BulletinOut:
    return BulletinOut(
        id=row.id,
        number=row.number,
        issue=row.issue,
        kind=row.kind,
        first_on=row.first_on,
        last_on=row.last_on,
        published_at=row.at,
    )


ROUTES = [read_bulletins, read_bulletin]
