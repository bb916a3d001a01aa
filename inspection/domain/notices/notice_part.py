"""Several losses settled by one deed become one line, and may become several again."""

from itertools import pairwise

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.refusals import Refusal, Why

GRAVEST_FIRST = ("veto", "major", "general", "hint")
MOST_PARTS = 12


class LinePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line as it was before it was merged with others. `photos` are digests of print copies."""

    item: str
    section: str
    severity: str
    lost: Hundredths
    problem: str
    requirement: str
    responsible: str = ""
    hours: int
    photos: tuple[str, ...] = ()


class LinesUnlike(Refusal):
    """Lines of different sections are not one piece of work."""

    code = "notice.lines_unlike"
    why = Why.INVALID


class LinesTooFew(Refusal):
    """Merging takes two lines, splitting a merged one."""

    code = "notice.lines_too_few"
    why = Why.INVALID


class LinesTooMany(Refusal):
    """More than `most` items in one line fit no table."""

    code = "notice.lines_too_many"
    why = Why.INVALID


def check_alike(parts: tuple[LinePart, ...]) -> None:
    """Refuse parts that do not make one line."""
    if len(parts) < 2:
        raise LinesTooFew
    if len(parts) > MOST_PARTS:
        raise LinesTooMany(most=MOST_PARTS)
    if any(one.section != other.section for one, other in pairwise(parts)):
        raise LinesUnlike


def joined(parts: tuple[LinePart, ...], longest: int) -> LinePart:
    """One line for all of them: every item, point and photo, the gravest severity, the shortest
    time. Texts that do not fit together keep the first.
    """
    return LinePart(
        item=parts[0].item,
        section=parts[0].section,
        severity=min((part.severity for part in parts), key=GRAVEST_FIRST.index),
        lost=Hundredths(sum(part.lost for part in parts)),
        problem=_together([part.problem for part in parts], longest),
        requirement=_together([part.requirement for part in parts], longest),
        responsible=next((part.responsible for part in parts if part.responsible), ""),
        hours=min(part.hours for part in parts),
        photos=tuple(dict.fromkeys(photo for part in parts for photo in part.photos)),
    )


def _together(texts: list[str], longest: int) -> str:
    said = " ".join(dict.fromkeys(texts))
    return said if len(said) <= longest else texts[0]
