"""What store staff see of their notices, and signing for one. Nothing here knows who came."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
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
from inspection.services.rectifications.line_clocks import LineClock, clocks_owed
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of

NO_DAY = datetime.max.replace(tzinfo=UTC)
NO_APPEALS: Mapping[int, AppealMark] = MappingProxyType({})


class Segment(msgspec.Struct, frozen=True):
    """A section of the score bar, as numbers."""

    full: int
    lost: int | None


class SignatureForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs, where that is not whose account it is."""

    signer: Annotated[str, Meta(max_length=40)] = ""


class Group(msgspec.Struct, frozen=True):
    """The problems that share a deadline: none while appeals stop their clocks. It has `moved` when
    it is another than the notice names.
    """

    due_at: datetime | None
    moved: bool
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
    return await notice_page(request, found, appeals=marks)


async def notice_page(
    request: WebRequest,
    found: StoreNotice,
    base: str = "",
    appeals: Mapping[int, AppealMark] = NO_APPEALS,
) -> Response[str]:
    """One notice as it was issued to the store, each problem under its deadline as it stands now;
    `base` is where whoever has its link finds it.
    """
    content = {
        "notice": found,
        "base": base or f"/notices/{found.id}",
        "by_link": bool(base),
        "bar": _bar(found.sections),
        "groups": _groups(found.lines, await clocks_owed(tools_of(request), found.id)),
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


def _groups(lines: Sequence[StoreLine], clocks: Mapping[int, LineClock]) -> list[Group]:
    """The lines by deadline, the nearest first and those that stand still last; inside a group in
    the order of the notice.
    """

    def place(line: StoreLine) -> tuple[bool, datetime, bool]:
        clock = clocks.get(line.no)
        if clock is None:
            return False, line.due_at, False
        if clock.disputed:
            return True, NO_DAY, False
        return False, clock.due_at, clock.due_at != line.due_at

    ordered = sorted(lines, key=lambda line: (place(line), line.no))
    return [
        Group(None if still else due, moved, tuple(found))
        for (still, due, moved), found in groupby(ordered, key=place)
    ]


ROUTES = [acknowledge]
