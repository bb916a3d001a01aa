"""What a store lost in a round down to the single deduction, in released words with its photos."""

from collections.abc import Iterable, Mapping

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.notices.notice_part import LinePart
from inspection.domain.points import Hundredths
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Item, Text
from inspection.persistence.engine import read_tx
from inspection.persistence.org import store_losses, store_standings
from inspection.persistence.org.store_losses import LossRow, ToldLine
from inspection.persistence.people import places
from inspection.persistence.rankings.rankings import RankedList
from inspection.services.people.places import RoundLabel, StoreLabel, map_of
from inspection.services.rankings.ranking_lists import RankingOf, ranking_of
from inspection.services.reach import check_granted
from inspection.services.rounds.rounds import round_label

_PARTS = msgspec.json.Decoder(tuple[LinePart, ...])
_PHOTOS = msgspec.json.Decoder(tuple[object, ...])


class Deduction(msgspec.Struct, frozen=True, kw_only=True):
    """A single deduction. `visit` counts the store's published visits of the round; the photos are
    those of the line of the notice that tells it.
    """

    item: str
    title: Text
    standard: Text | None
    severity: str
    full: Hundredths
    lost: Hundredths
    visit: int
    problem: str
    notice: str | None
    line: int
    photos: int


class LostSection(msgspec.Struct, frozen=True, kw_only=True):
    """The deductions of one section."""

    section: str
    title: Text
    lost: Hundredths
    deductions: tuple[Deduction, ...]


class StoreLosses(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a store lost in a round. `score` is the mean of `visits` visits."""

    round: RoundLabel
    store: StoreLabel
    score: Hundredths | None
    visits: int
    sections: tuple[LostSection, ...]


async def losses_of_store(actor: Actor, store_code: str, round_code: str) -> StoreLosses:
    """The deductions of a store. Raises NotFound for a store that neither lies in the caller's part
    of the tree nor was counted there in the round.
    """
    check_granted(actor, Action.STORE_READ)
    async with read_tx():
        store = await places.find_store(store_code)
        if store is None:
            raise NotFound(noun="store")
        of = await ranking_of(actor, round_code, store.kind, "")
        wanted = RankedList(round=of.round.id, store_kind=store.kind, scope=of.scope)
        found = await store_standings.find_standing(wanted, store_code)
        if found is None and not may(
            actor, Action.STORE_READ, Place(region_path=store.region_path)
        ):
            raise NotFound(noun="store")
        rows = await store_losses.losses_of(of.round.id, store.id, of.scope)
        told = await store_losses.told_lines(of.round.id, store.id, of.scope)
        path = found.region_path if found else store.region_path
        names = await map_of([path])
    return StoreLosses(
        round=round_label(of.round),
        store=names.store(store.code, store.name, store.kind, path),
        score=found.score if found else None,
        visits=found.visits if found else 0,
        sections=_sections(of, rows, _by_item(told)),
    )


Told = Mapping[tuple[str, str], tuple[ToldLine, str]]


def _by_item(lines: Iterable[ToldLine]) -> Told:
    """The line and the words about each item of each visit, merged lines by their parts."""
    found: dict[tuple[str, str], tuple[ToldLine, str]] = {}
    for line in lines:
        parts = _PARTS.decode(line.parts)
        found[line.visit, line.item] = (line, line.problem)
        found |= {(line.visit, part.item): (line, part.problem) for part in parts}
    return found


def _sections(of: RankingOf, rows: tuple[LossRow, ...], told: Told) -> tuple[LostSection, ...]:
    visits = {visit: n for n, visit in enumerate(dict.fromkeys(row.visit for row in rows), 1)}
    items = {item.code: item for item in of.rubric.items()}
    titles = {section.code: section.title for section in of.rubric.sections}
    codes = [*titles, *(row.section for row in rows)]
    found: dict[str, list[Deduction]] = {code: [] for code in codes}
    for row in rows:
        line = told.get((row.visit, row.item))
        found[row.section].append(_deduction(row, visits[row.visit], items.get(row.item), line))
    return tuple(
        LostSection(
            section=code,
            title=titles.get(code, Text(code, code)),
            lost=Hundredths(sum(each.lost for each in here)),
            deductions=tuple(here),
        )
        for code, here in found.items()
        if here
    )


def _deduction(
    row: LossRow, visit: int, item: Item | None, told: tuple[ToldLine, str] | None
) -> Deduction:
    line, problem = told or (None, "")
    return Deduction(
        item=row.item,
        title=item.title if item else Text(row.item, row.item),
        standard=item.standard if item else None,
        severity=row.severity,
        full=row.full,
        lost=row.lost,
        visit=visit,
        problem=problem,
        notice=line.notice if line else None,
        line=line.number if line else 0,
        photos=len(_PHOTOS.decode(line.photos)) if line else 0,
    )
