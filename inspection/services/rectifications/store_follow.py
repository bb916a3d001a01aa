"""How the lines of a notice are getting on, as a store's phone keeps them to be read offline."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.persistence.org.store_changes import NoticeChanges, changes_of_store
from inspection.services.appeals.store_appeals import AppealMark, appeal_marks
from inspection.services.reach import check_granted
from inspection.services.rectifications.rectification_details import store_line
from inspection.services.rectifications.rectification_results import (
    StoreLineDetail,
    ToldExtension,
    ToldReply,
    ToldVerdict,
)
from inspection.services.tools import Tools


class LineFollow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line since the notice was issued: an allow-list, in which nothing of the visit has a
    place. Messages about it name its `id`. `appeal` is the one there is; `appeal_closes_at` until
    when one may be filed.
    """

    no: int
    id: str
    state: str
    due_at: datetime
    disputed: bool
    photo_wanted: bool
    can_reply: bool
    suggestion: str
    handlers: tuple[str, ...]
    replies: tuple[ToldReply, ...]
    verdicts: tuple[ToldVerdict, ...]
    extensions: tuple[ToldExtension, ...]
    extension_why: str
    appeal: str
    appeal_state: str
    appeal_closes_at: datetime | None


_COPIED = (
    "id", "due_at", "disputed", "photo_wanted", "can_reply", "suggestion", "handlers", "replies",
    "verdicts", "extensions", "extension_why",
)  # fmt: skip
"""Allow-list: the fields of a line's detail that are the same fields here."""


async def follow_lines(
    tools: Tools, actor: Actor, notice: str, numbers: tuple[int, ...]
) -> tuple[LineFollow, ...]:
    """Those lines of a notice of the store. Raises NotFound."""
    marks = await appeal_marks(tools, actor, notice)
    details = [await store_line(tools, actor, notice, number) for number in numbers]
    return tuple(_follow(detail, marks.get(detail.number, AppealMark())) for detail in details)


async def changes_of_notices(actor: Actor) -> dict[str, NoticeChanges]:
    """What was said and done about each notice of the actor's store."""
    check_granted(actor, Action.NOTICE_READ)
    return await changes_of_store(actor.store or "")


def _follow(detail: StoreLineDetail, mark: AppealMark) -> LineFollow:
    return LineFollow(
        no=detail.number,
        state=detail.state.value,
        appeal=mark.appeal,
        appeal_state=mark.state.value if mark.state else "",
        appeal_closes_at=mark.closes_at,
        **{field: getattr(detail, field) for field in _COPIED},
    )
