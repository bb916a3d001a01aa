"""How differently inspectors judge: the loss rates of an item from inspector to inspector."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.unit import rate

LEAST_VISITS = 5
"""Who made fewer visits says more about the stores than about the inspector."""


class Judged(msgspec.Struct, frozen=True, gc=False):
    """An item as one inspector judged it in `times` visits in which it was scored."""

    times: int = 0
    full: int = 0
    lost: int = 0


class JudgedItem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The same with the item it is of, as it is kept."""

    item: str
    times: int
    full: int
    lost: int


class InspectorRate(msgspec.Struct, frozen=True, kw_only=True):
    """An inspector's loss rate, in hundredths of a per cent, and how far it is from everybody's."""

    inspector: str
    times: int
    rate: Hundredths
    off: Hundredths


class Dispersion(msgspec.Struct, frozen=True, kw_only=True):
    """An item from inspector to inspector. `rates` in their order; `overall` is of all of their
    visits together.
    """

    item: str
    inspectors: int
    times: int
    overall: Hundredths
    lowest: Hundredths
    middle: Hundredths
    highest: Hundredths
    rates: tuple[Hundredths, ...]

    @property
    def range(self) -> Hundredths:
        """From the mildest to the strictest."""
        return Hundredths(self.highest - self.lowest)


ByInspector = Mapping[str, Judged]
Judgements = Mapping[str, tuple[JudgedItem, ...]]
"""What the inspectors of a county took off, by inspector."""


def together(parts: Iterable[Judged]) -> Judged:
    """Some judgements as one."""
    found = tuple(parts)
    return Judged(
        sum(part.times for part in found),
        sum(part.full for part in found),
        sum(part.lost for part in found),
    )


def by_item(counties: Iterable[Judgements]) -> dict[str, dict[str, Judged]]:
    """Some counties added up, by item and inspector."""
    sums: dict[str, dict[str, list[int]]] = {}
    for county in counties:
        for who, items in county.items():
            mine = sums.setdefault(who, {})
            for each in items:
                row = mine.get(each.item)
                if row is None:
                    mine[each.item] = [each.times, each.full, each.lost]
                else:
                    row[0] += each.times
                    row[1] += each.full
                    row[2] += each.lost
    found: dict[str, dict[str, Judged]] = {}
    for who, rows in sums.items():
        for item, row in rows.items():
            found.setdefault(item, {})[who] = Judged(*row)
    return found


def dispersion(item: str, judged: ByInspector, least: int = LEAST_VISITS) -> Dispersion | None:
    """The spread among those who judged it often enough; None of fewer than two."""
    enough = _enough(judged, least)
    rates = sorted(_rate(each) for each in enough.values())
    if len(rates) < 2:
        return None
    whole = together(enough.values())
    return Dispersion(
        item=item,
        inspectors=len(rates),
        times=whole.times,
        overall=_rate(whole),
        lowest=rates[0],
        middle=rates[(len(rates) - 1) // 2],
        highest=rates[-1],
        rates=tuple(rates),
    )


def widest_first(found: Iterable[Dispersion | None]) -> tuple[Dispersion, ...]:
    """Those there are, the widest spread first."""
    there = (each for each in found if each is not None)
    return tuple(sorted(there, key=lambda each: (-each.range, each.item)))


def inspector_rates(judged: ByInspector, least: int = LEAST_VISITS) -> Sequence[InspectorRate]:
    """Everybody who judged it often enough, the strictest first."""
    enough = _enough(judged, least)
    overall = _rate(together(enough.values())) if enough else Hundredths(0)
    found = [
        InspectorRate(
            inspector=who,
            times=each.times,
            rate=_rate(each),
            off=Hundredths(_rate(each) - overall),
        )
        for who, each in enough.items()
    ]
    return sorted(found, key=lambda each: (-each.rate, each.inspector))


def _enough(judged: ByInspector, least: int) -> dict[str, Judged]:
    return {who: each for who, each in judged.items() if each.times >= least and each.full}


def _rate(judged: Judged) -> Hundredths:
    return rate(judged.lost, judged.full) or Hundredths(0)
