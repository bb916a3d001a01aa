"""What the rounds of a made-up province come to, county by county, by the product's own sums."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bench.losses import Losses
from inspection.cli.demo.stores import DemoStore
from inspection.domain.rankings.ranking import LINE
from inspection.domain.rankings.standing import Figures
from inspection.domain.rankings.tally import NOTHING, LostItem, Tally, of_store, total

ADD_TALLY = (
    "INSERT INTO round_tally (round, store_kind, ownership, region_path, body)"
    " VALUES (?, ?, ?, ?, ?)"
)


def part_of(found: Figures, losses: Losses, before: Tally | None) -> Tally:
    """A store's part in its round."""
    lost = (LostItem(item.code, 1, points) for item, _, points in losses.items)
    return of_store(found, lost, before or NOTHING, LINE)


def text_of(tally: Tally) -> str:
    """As it is kept."""
    return msgspec.json.encode(tally).decode()


def rows_of(
    round_id: str, kind: str, stores: Iterable[DemoStore], parts: Mapping[str, Tally]
) -> list[Sequence[object]]:
    """The tallies of a round, whose stores have these parts."""
    found: dict[tuple[str, str], list[Tally]] = {}
    for store in stores:
        found.setdefault((store.ownership, store.path), []).append(parts[store.code])
    return [
        (round_id, kind, ownership, path, text_of(total(mine)))
        for (ownership, path), mine in found.items()
    ]
