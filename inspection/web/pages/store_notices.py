"""What store staff see of their notices, and signing for one. Nothing here knows who came."""

from collections.abc import Sequence
from itertools import groupby

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.notice import SectionRow
from inspection.domain.notice_state import NoticeState
from inspection.services import accounts, notices
from inspection.services.notice_results import StoreLine, StoreNotice
from inspection.services.store_notices import store_notice_list
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of


class Segment(msgspec.Struct, frozen=True):
    """A section of the score bar, as numbers."""

    full: int
    lost: int | None


class Group(msgspec.Struct, frozen=True):
    """The problems that share a deadline, in words."""

    allowed: str
    due: str
    lines: tuple[StoreLine, ...]


async def show_own(request: WebRequest) -> Response[str]:
    """The store's notices: those to sign for first."""
    found = await store_notice_list(tools_of(request), actor_of(request))
    profile = await accounts.profile_of(actor_of(request), language_of(request))
    signed = NoticeState.ACKNOWLEDGED
    content = {
        "fresh": [row for row in found.rows if row.state is not signed],
        "earlier": [row for row in found.rows if row.state is signed],
        "store_name": profile.store.name if profile.store else "",
    }
    return page(request, "store-notices.html", content)


def notice_page(request: WebRequest, found: StoreNotice) -> Response[str]:
    """One notice as it was issued to the store."""
    content = {"notice": found, "bar": _bar(found.sections), "groups": _groups(found.lines)}
    return page(request, "store-notice.html", content)


@post("/notices/{id:str}/acknowledgements", opt=needs(Action.NOTICE_ACKNOWLEDGE))
async def acknowledge(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Sign for a notice; signing twice is signing once."""
    await notices.acknowledge_notice(tools_of(request), actor_of(request), id)
    return then(f"/notices/{id}", "acknowledged")


def _bar(sections: Sequence[SectionRow]) -> list[Segment]:
    return [
        Segment(row.full_hundredths, None if row.score_hundredths is None else row.lost_hundredths)
        for row in sections
    ]


def _groups(lines: Sequence[StoreLine]) -> list[Group]:
    """The lines by deadline, the nearest first; inside a group in the order of the notice."""
    ordered = sorted(lines, key=lambda line: (line.due_at, line.no))
    groups = [tuple(found) for _, found in groupby(ordered, key=lambda line: line.due_at)]
    return [Group(group[0].allowed, group[0].due, group) for group in groups]


ROUTES = [acknowledge]
