"""Lines by the items they are about: a card that changed meets the words that are there already."""

from collections.abc import Set

import msgspec

from inspection.domain.notices.notice_letter import TEXT
from inspection.domain.notices.notice_part import LinePart, joined
from inspection.persistence.notices.notices import NoticeLineRow


def regrouped(
    stored: tuple[NoticeLineRow, ...],
    fresh: tuple[NoticeLineRow, ...],
    corrected: Set[str] = frozenset(),
) -> tuple[NoticeLineRow, ...]:
    """What is lost now, in the lines and the words that are there: an item that costs nothing any
    more leaves its line, a new one gets a line of its own behind the item before it, and what was
    corrected is worded anew.
    """
    losses = {line.item: line for line in fresh}
    kept = {
        line.items()[0]: line
        for line in (_now(line, losses, corrected) for line in stored)
        if line is not None
    }
    known = {item for line in kept.values() for item in line.items()}
    ordered = list(kept.values())
    for place, line in enumerate(fresh):
        if line.item not in known:
            ordered.insert(_behind(ordered, [before.item for before in fresh[:place]]), line)
    return tuple(
        msgspec.structs.replace(line, number=number) for number, line in enumerate(ordered, 1)
    )


def parts_of(line: NoticeLineRow) -> tuple[LinePart, ...]:
    """The losses a line is made of; a line of one item is its own only part."""
    return line.merged() or (
        LinePart(
            item=line.item,
            section=line.section,
            severity=line.severity,
            lost=line.lost,
            problem=line.problem,
            requirement=line.requirement,
            responsible=line.responsible,
            hours=line.hours,
            photos=tuple(msgspec.json.decode(line.photos, type=tuple[str, ...])),
        ),
    )


def made_of(
    line: NoticeLineRow, parts: tuple[LinePart, ...], *, anew: bool = False
) -> NoticeLineRow:
    """The line with these parts and no others, in its own words while it still has several and is
    not to be worded anew, in those of its parts otherwise.
    """
    several = len(parts) > 1
    whole = joined(parts, TEXT) if several else parts[0]
    said = line if several and line.merged() and not anew else whole
    return msgspec.structs.replace(
        line,
        item=whole.item,
        section=whole.section,
        severity=whole.severity,
        lost=whole.lost,
        problem=said.problem,
        requirement=said.requirement,
        responsible=said.responsible,
        hours=said.hours,
        photos=msgspec.json.encode(whole.photos).decode(),
        parts=msgspec.json.encode(parts).decode() if several else "[]",
    )


def _now(
    line: NoticeLineRow, losses: dict[str, NoticeLineRow], corrected: Set[str]
) -> NoticeLineRow | None:
    parts = tuple(
        _part(part, losses[part.item], anew=part.item in corrected)
        for part in parts_of(line)
        if part.item in losses
    )
    anew = any(part.item in corrected for part in parts)
    return made_of(line, parts, anew=anew) if parts else None


def _part(part: LinePart, loss: NoticeLineRow, *, anew: bool) -> LinePart:
    said = parts_of(loss)[0]
    if anew:
        return said
    return msgspec.structs.replace(
        part, section=said.section, severity=said.severity, lost=said.lost
    )


def _behind(lines: list[NoticeLineRow], before: list[str]) -> int:
    """The place behind the last line about one of these items."""
    places = [n for n, line in enumerate(lines, 1) if set(line.items()) & set(before)]
    return max(places, default=0)
