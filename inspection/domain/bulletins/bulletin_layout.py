"""An issue section by section: the order its page and its PDF follow, without what is left out."""

from itertools import groupby

import msgspec
from msgspec import UNSET

from inspection.domain.bulletins.bulletin_ranking import RankingPart
from inspection.domain.bulletins.bulletin_sections import BulletinSection as Section
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot, RectificationPart

OF_A_KIND = frozenset(
    {
        Section.SCORED,
        Section.UNITS,
        Section.STORES,
        Section.ITEMS,
        Section.EXPOSED,
        Section.GAPS,
    }
)
"""Sections that are told once for each kind of store; neighbours stay together, kind by kind."""

Laid = tuple[tuple[Section, RankingPart | None], ...]


def laid_out(said: BulletinSnapshot) -> Laid:
    """The sections that have something to say, in the order of the issue; one that was published
    before there was a choice has them all in the usual order.
    """
    order = tuple(Section) if said.sections is UNSET else said.sections
    laid: list[tuple[Section, RankingPart | None]] = []
    for of_a_kind, found in groupby(order, OF_A_KIND.__contains__):
        run = tuple(found)
        parts = said.rankings if of_a_kind else (None,)
        laid += [(each, part) for part in parts for each in run if _says(each, said, part)]
    return tuple(laid)


def only(said: BulletinSnapshot, told: tuple[Section, ...]) -> BulletinSnapshot:
    """The issue with these sections and without what only the others would say: what is left out
    reaches no reader and no program. Totals of the days stay: they are part of every issue.
    """
    ranked = OF_A_KIND.intersection(told) or Section.HIGHLIGHTS in told
    return msgspec.structs.replace(
        said,
        sections=told,
        preface=said.preface if Section.HIGHLIGHTS in told else (),
        closing=said.closing if Section.CLOSING in told else (),
        rankings=tuple(_ranking(part, told) for part in said.rankings) if ranked else (),
        rectification=_rectification(said.rectification, told),
        complaints=said.complaints if Section.COMPLAINTS in told else None,
        case=said.case if Section.CASE in told else None,
    )


def _says(section: Section, said: BulletinSnapshot, part: RankingPart | None) -> bool:
    empty = {
        Section.STORES: part is not None and not part.best,
        Section.ITEMS: part is not None and not part.items,
        Section.EXPOSED: part is not None and not part.exposed,
        Section.GAPS: not _has_gaps(part),
        Section.COMPLAINTS: said.complaints is None,
        Section.CASE: said.case is None,
        Section.CLOSING: not said.closing,
    }
    return not empty.get(section, False)


def _has_gaps(part: RankingPart | None) -> bool:
    gaps = UNSET if part is None else part.gaps
    return gaps is not UNSET and gaps.whole.gap is not None


def _ranking(part: RankingPart, told: tuple[Section, ...]) -> RankingPart:
    return msgspec.structs.replace(
        part,
        sections=part.sections if Section.SCORED in told else (),
        units=part.units if Section.UNITS in told else (),
        best=part.best if Section.STORES in told else (),
        worst=part.worst if Section.STORES in told else (),
        items=part.items if Section.ITEMS in told else (),
        exposed=part.exposed if Section.EXPOSED in told else (),
        gaps=part.gaps if Section.GAPS in told else UNSET,
    )


def _rectification(part: RectificationPart, told: tuple[Section, ...]) -> RectificationPart:
    return msgspec.structs.replace(
        part,
        units=part.units if Section.BY_UNIT in told else (),
        late_counties=part.late_counties if Section.OVERDUE in told else (),
        late_stores=part.late_stores if Section.OVERDUE in told else (),
    )
