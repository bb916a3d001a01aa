"""The wording of a notice taken as a whole: which version it is, and what a person sent of it."""

import hashlib
from collections.abc import Sequence

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.notices.notice_letter import NAME, TEXT
from inspection.domain.plain_text import plain
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import Edited, NoticeLineRow, NoticeRow
from inspection.services.notices.notice_access import reached
from inspection.services.notices.notice_results import LineEdit

_VERSION_LENGTH = 16


def version_of(demands: tuple[str, ...], lines: Sequence[Edited | NoticeLineRow]) -> str:
    """Names the wording: the same for the same words, hours and people, another for any other."""
    said = [[getattr(line, name) for name in Edited.__struct_fields__] for line in lines]
    return hashlib.sha256(msgspec.json.encode((demands, said))).hexdigest()[:_VERSION_LENGTH]


def demands_of(row: NoticeRow) -> tuple[str, ...]:
    """The demands as they are kept."""
    return msgspec.json.decode(row.demands, type=tuple[str, ...])


def edited(line: LineEdit) -> Edited:
    """A line as it would be kept. Refuses text that cannot be printed."""
    return Edited(
        number=line.number,
        problem=plain(line.problem, "problem", TEXT),
        requirement=plain(line.requirement, "requirement", TEXT),
        responsible=plain(line.responsible, "responsible", NAME),
        hours=line.hours,
        hours_kind=line.hours_kind,
    )


def demanded(demands: tuple[str, ...]) -> tuple[str, ...]:
    """The demands as they would be kept."""
    return tuple(plain(demand, "demand", TEXT) for demand in demands)


async def says_already(
    actor: Actor, notice: str, lines: tuple[LineEdit, ...], demands: tuple[str, ...]
) -> bool:
    """Whether the notice says exactly this, so that nothing is lost by not keeping it again."""
    row = await reached(actor, Action.NOTICE_EDIT, notice)
    stored = version_of(demands_of(row), await notices.lines_of(notice))
    return version_of(demanded(demands), tuple(edited(line) for line in lines)) == stored
