"""What stores were found with again: the same item lost in rounds one after the other."""

from collections.abc import Iterator, Mapping

import msgspec

from inspection.domain.access import Actor
from inspection.domain.points import Hundredths
from inspection.domain.rankings.tally import Tally
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.analyses import repeats
from inspection.persistence.analyses.repeats import PartRow
from inspection.persistence.engine import read_tx
from inspection.services.analyses.analysis_frames import Frame, chain, frame_of, rounds_of
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.rankings.ranking_lists import list_asked
from inspection.services.rankings.unit_results import UnitsAsked

STORES = 300
"""Stores looked at, from the last place upwards."""

ROUNDS = 4
MOST = 200


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """An item a store lost something by `rounds` rounds running, this one the last."""

    store: StoreLabel
    item: str
    title: Text
    lost: Hundredths
    rounds: int


class RepeatsPage(msgspec.Struct, frozen=True, kw_only=True):
    """The longest first. `cut`: more stores repeat something than were looked at."""

    frame: Frame
    item: str
    items: tuple[tuple[str, Text], ...]
    rounds: int
    cut: bool
    rows: tuple[Repeat, ...]


Parts = Mapping[tuple[str, str], Tally]


async def repeats_page(actor: Actor, asked: UnitsAsked, item: str = "") -> RepeatsPage:
    """Repetitions of one item, or of any."""
    async with read_tx():
        of = await list_asked(actor, asked)
        known = {each.code: each.title for each in of.rubric.items()}
        wanted = item if item in known else ""
        rounds = tuple(each.id for each in chain(await rounds_of(of, actor), of.round.id, ROUNDS))
        rows = await repeats.repeating(of.list, wanted, STORES + 1)
        parts = await repeats.parts_in(rounds[:-1], tuple(row.store for row in rows[:STORES]))
        names = await map_of({row.region_path for row in rows})
    repeated = [
        Repeat(
            store=names.store(row.code, row.name, row.store_kind, row.region_path),
            item=code,
            title=known.get(code, Text(code, code)),
            lost=Hundredths(lost),
            rounds=1 + _running(rounds[-2::-1], row.store, code, parts),
        )
        for row in rows[:STORES]
        for code, lost in _again(row, wanted)
    ]
    repeated.sort(key=lambda each: (-each.rounds, -each.lost, each.store.code, each.item))
    return RepeatsPage(
        frame=frame_of(of),
        item=wanted,
        items=tuple(known.items()),
        rounds=len(rounds),
        cut=len(rows) > STORES or len(repeated) > MOST,
        rows=tuple(repeated[:MOST]),
    )


def _again(row: PartRow, wanted: str) -> Iterator[tuple[str, int]]:
    for item in row.part.items:
        if item.again and wanted in ("", item.item):
            yield item.item, item.lost


def _running(back: tuple[str, ...], store: str, item: str, parts: Parts) -> int:
    """In how many rounds before, without a break."""
    count = 0
    for round_id in back:
        part = parts.get((round_id, store))
        if part is None or all(each.item != item for each in part.items):
            break
        count += 1
    return count
