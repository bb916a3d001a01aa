"""Telling people of appeals: those over the store, the store, whoever inspected when asked."""

from inspection.domain.access import Role
from inspection.domain.appeals.appeal import AppealState
from inspection.domain.messages.message import (
    Audience,
    Message,
    MessageKind,
    over,
    people,
    staff_of,
)
from inspection.persistence.appeals.appeals import AppealRow
from inspection.services.messages.messages import tell
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools


async def tell_filed(tools: Tools, row: AppealRow, by: str) -> None:
    """The region has an opinion to give, and somebody will have to decide."""
    to = (over(row.region_path, Role.REGIONAL_MANAGER), over(row.region_path, Role.REVIEWER))
    await _tell(tools, row, MessageKind.APPEAL_FILED, row.id, to, by)


async def tell_said(tools: Tools, row: AppealRow, number: int, by: str, *, to_store: bool) -> None:
    """Something was said: to the store, or by it."""
    to = (
        (staff_of(row.store),)
        if to_store
        else (over(row.region_path, Role.REGIONAL_MANAGER), over(row.region_path, Role.REVIEWER))
    )
    await _tell(tools, row, MessageKind.APPEAL_ANSWERED, f"{row.id} {number}", to, by)


async def tell_asked(tools: Tools, row: AppealRow, number: int, by: str) -> None:
    """Whoever inspected is asked."""
    to = (people(row.inspector),)
    await _tell(tools, row, MessageKind.APPEAL_ASKED, f"{row.id} {number}", to, by)


async def tell_over(tools: Tools, row: AppealRow, state: AppealState, by: str) -> None:
    """It was decided or withdrawn."""
    to = (staff_of(row.store), over(row.region_path, Role.REGIONAL_MANAGER))
    await _tell(tools, row, MessageKind.APPEAL_DECIDED, row.id, to, by, outcome=state.value)


async def _tell(
    tools: Tools,
    row: AppealRow,
    kind: MessageKind,
    about: str,
    to: tuple[Audience, ...],
    by: str,
    **more: str,
) -> None:
    item = (await rubric_of(row.rubric_version)).item(row.item)
    facts = {
        "store": row.store_name,
        "item": item.title.zh if item else row.item,
        "item_en": item.title.en if item else row.item,
        **more,
    }
    message = Message(
        kind=kind,
        key=f"{kind.value} {about}",
        noun="appeal",
        noun_id=row.id,
        facts=facts,
        to=to,
        by=by,
        region_path=row.region_path,
    )
    await tell(tools, message)
