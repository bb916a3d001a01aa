"""What a store loses again and again, round by round."""

from collections.abc import Mapping, Sequence

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.tally import Tally
from inspection.domain.rubrics.rubric import Rubric, Text
from inspection.persistence.org.store_results import StoreRoundRow
from inspection.services.people.places import RoundLabel

ROUNDS = 8
MOST = 6
OFTEN = 2
"""In how many rounds something was lost that was lost again and again."""


class RepeatedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item with what it cost in each of the rounds, nothing where nothing was lost."""

    item: str
    title: Text
    lost: tuple[Hundredths, ...]
    times: int


class StoreRepeats(msgspec.Struct, frozen=True, kw_only=True):
    """Items lost in several of the store's rounds of one visit method, the most often first; the
    rounds oldest first.
    """

    rounds: tuple[RoundLabel, ...]
    items: tuple[RepeatedItem, ...]


def store_repeats(
    rows: Sequence[tuple[StoreRoundRow, RoundLabel]], rubrics: Mapping[str, Rubric]
) -> StoreRepeats:
    """Of a store's rounds, latest first, those of the latest's method."""
    same = [each for each in rows if each[0].visit_kind == rows[0][0].visit_kind][:ROUNDS][::-1]
    lost: dict[str, list[int]] = {}
    for place, (row, _) in enumerate(same):
        for item in _part(row).items:
            lost.setdefault(item.item, [0] * len(same))[place] = item.lost
    titles = {
        item.code: item.title
        for row, _ in same
        if row.round in rubrics
        for item in rubrics[row.round].items()
    }
    found = [_item(code, titles.get(code), costs) for code, costs in lost.items()]
    often = [item for item in found if item.times >= OFTEN]
    often.sort(key=lambda item: (-item.times, -sum(item.lost), item.item))
    return StoreRepeats(rounds=tuple(label for _, label in same), items=tuple(often[:MOST]))


def _item(code: str, title: Text | None, costs: list[int]) -> RepeatedItem:
    return RepeatedItem(
        item=code,
        title=title or Text(code, code),
        lost=tuple(Hundredths(cost) for cost in costs),
        times=sum(cost > 0 for cost in costs),
    )


def _part(row: StoreRoundRow) -> Tally:
    return msgspec.json.decode(row.part, type=Tally) if row.part else Tally()
