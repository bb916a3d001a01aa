"""Who is told what about a notice, in the transaction it happens in."""

from collections.abc import Mapping

from inspection.domain.access import Actor, Role
from inspection.domain.messages.message import (
    Audience,
    Fact,
    Message,
    MessageKind,
    over,
    people,
    staff_of,
)
from inspection.domain.notices.notice import NoticeSnapshot
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.messages.messages import tell
from inspection.services.notices.notice_letters import first_due
from inspection.services.tools import Tools


async def tell_waiting(tools: Tools, by: Actor, row: NoticeRow, lines: int) -> None:
    """Those who may sign it learn that a notice waits."""
    facts: Mapping[str, Fact] = {"store": row.store_name, "lines": lines}
    key = f"{row.id} {tools.now().isoformat()}"
    await tell(tools, _about(row, MessageKind.NOTICE_WAITING, key, facts, (_manager(row),), by))


async def tell_returned(tools: Tools, by: Actor, row: NoticeRow) -> None:
    """Whoever wrote and whoever checked it learn that it came back."""
    to = (people(row.author, *((row.checked_by,) if row.checked_by else ())),)
    key = f"{row.id} {tools.now().isoformat()}"
    facts = {"store": row.store_name}
    await tell(tools, _about(row, MessageKind.NOTICE_RETURNED, key, facts, to, by))


async def tell_issued(tools: Tools, by: Actor, row: NoticeRow, said: NoticeSnapshot) -> None:
    """The store learns of its notice."""
    facts: Mapping[str, Fact] = {
        "number": said.number,
        "store": said.store.name,
        "lines": len(said.lines),
        "due": first_due(said),
    }
    to = (staff_of(row.store),)
    await tell(tools, _about(row, MessageKind.NOTICE_ISSUED, row.id, facts, to, by))


async def tell_amended(tools: Tools, by: Actor, row: NoticeRow, number: str, replaced: str) -> None:
    """The store and its manager learn which notice counts now."""
    facts = {"number": number, "store": row.store_name, "replaced": replaced}
    to = (staff_of(row.store), _manager(row))
    await tell(tools, _about(row, MessageKind.NOTICE_AMENDED, row.id, facts, to, by))


async def tell_void(tools: Tools, by: Actor | None, row: NoticeRow) -> None:
    """The store and its manager learn that a notice counts no more."""
    facts = {"number": row.number or "", "store": row.store_name}
    to = (staff_of(row.store), _manager(row))
    await tell(tools, _about(row, MessageKind.NOTICE_VOID, row.id, facts, to, by))


def _manager(row: NoticeRow) -> Audience:
    return over(row.region_path, Role.REGIONAL_MANAGER)


def _about(
    row: NoticeRow,
    kind: MessageKind,
    key: str,
    facts: Mapping[str, Fact],
    to: tuple[Audience, ...],
    by: Actor | None,
) -> Message:
    return Message(
        kind=kind,
        key=key,
        noun="notice",
        noun_id=row.id,
        facts=facts,
        to=to,
        by=by.account if by else "",
        region_path=row.region_path,
    )
