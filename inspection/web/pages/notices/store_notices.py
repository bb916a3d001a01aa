"""What store staff see of their notices, and signing for one. Nothing here knows who came."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Annotated

import msgspec
from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.notices.notice import SectionRow
from inspection.domain.notices.notice_state import OPEN_STATES, NoticeMove, allowed
from inspection.services.appeals.store_appeals import AppealMark, appeal_marks
from inspection.services.notices import notices
from inspection.services.notices.store_notice_results import StoreLine, StoreNotice
from inspection.services.notices.store_notices import store_notice_list
from inspection.services.people import accounts
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of

NO_APPEALS: Mapping[int, AppealMark] = MappingProxyType({})


class Segment(msgspec.Struct, frozen=True):
    """A section of the score bar, as numbers."""

    full: int
    lost: int | None


class SignatureForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs, where that is not whose account it is."""

    signer: Annotated[str, Meta(max_length=40)] = ""


class Group(msgspec.Struct, frozen=True):
    """The problems that share a deadline, in words."""

    allowed: str
    due: str
    lines: tuple[StoreLine, ...]


async def show_own(request: WebRequest) -> Response[str]:
    """The store's notices: those to sign for first."""
    found = await store_notice_list(tools_of(request), actor_of(request))
    profile = await accounts.profile_of(actor_of(request), language_of(request))
    content = {
        "fresh": [row for row in found.rows if allowed(row.state, NoticeMove.ACKNOWLEDGE)],
        "earlier": [row for row in found.rows if not allowed(row.state, NoticeMove.ACKNOWLEDGE)],
        "store_name": profile.store.name if profile.store else "",
    }
    return page(request, "store-notices.html", content)


async def own_page(request: WebRequest, found: StoreNotice) -> Response[str]:
    """The same for the store itself, with what may be appealed against in it."""
    marks = await appeal_marks(tools_of(request), actor_of(request), found.id)
    return notice_page(request, found, appeals=marks)


def notice_page(
    request: WebRequest,
    found: StoreNotice,
    base: str = "",
    appeals: Mapping[int, AppealMark] = NO_APPEALS,
) -> Response[str]:
    """One notice as it was issued to the store; `base` is where whoever has its link finds it."""
    content = {
        "notice": found,
        "base": base or f"/notices/{found.id}",
        "by_link": bool(base),
        "bar": _bar(found.sections),
        "groups": _groups(found.lines),
        "to_sign": not base and allowed(found.state, NoticeMove.ACKNOWLEDGE),
        "open": found.state in OPEN_STATES,
        "appeals": appeals,
    }
    return page(request, "store-notice.html", content)


@post("/notices/{id:str}/acknowledgements", opt=needs(Action.NOTICE_ACKNOWLEDGE))
async def acknowledge(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Sign for a notice; signing twice is signing once."""
    form = await form_of(request, SignatureForm)
    await notices.acknowledge_notice(tools_of(request), actor_of(request), id, form.signer)
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
