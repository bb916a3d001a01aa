"""What stores say of themselves beside what visitors found who did not say who they were."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec

from inspection.domain.points import Hundredths, rounded
from inspection.domain.rankings.standing import average


class ItemPair(msgspec.Struct, frozen=True, gc=False):
    """What an item cost in the self checks and in the visits of the same stores."""

    own: int = 0
    seen: int = 0


class Pairs(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over `stores` stores that have a result both times. `own` is the self check's, `seen`
    the visitors'.
    """

    stores: int = 0
    own_score: int = 0
    seen_score: int = 0
    own_visits: int = 0
    seen_visits: int = 0
    items: Mapping[str, ItemPair] = {}


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """Two means and their difference: own less seen, above nothing where the self check was
    kinder. All None of no stores.
    """

    own: Hundredths | None
    seen: Hundredths | None
    gap: Hundredths | None


class ItemGap(msgspec.Struct, frozen=True, kw_only=True):
    """An item by its mean loss per visit. `hidden` is what the self checks did not take off."""

    item: str
    own: Hundredths
    seen: Hundredths
    hidden: Hundredths


def added(parts: Iterable[Pairs]) -> Pairs:
    """Some sums as one."""
    stores = own_score = seen_score = own_visits = seen_visits = 0
    items: dict[str, list[int]] = {}
    for part in parts:
        stores += part.stores
        own_score += part.own_score
        seen_score += part.seen_score
        own_visits += part.own_visits
        seen_visits += part.seen_visits
        for code, pair in part.items.items():
            row = items.setdefault(code, [0, 0])
            row[0] += pair.own
            row[1] += pair.seen
    return Pairs(
        stores=stores,
        own_score=own_score,
        seen_score=seen_score,
        own_visits=own_visits,
        seen_visits=seen_visits,
        items={code: ItemPair(*row) for code, row in sorted(items.items())},
    )


def beside(found: Pairs) -> Beside:
    """The means of the stores, each store once."""
    if not found.stores:
        return Beside(own=None, seen=None, gap=None)
    return Beside(
        own=average(found.own_score, found.stores),
        seen=average(found.seen_score, found.stores),
        gap=_rounded(Fraction(found.own_score - found.seen_score, found.stores)),
    )


def item_gaps(found: Pairs) -> tuple[ItemGap, ...]:
    """Every item that cost something either time, what was hidden most first."""
    if not found.stores:
        return ()
    gaps = (_gap(code, pair, found) for code, pair in found.items.items())
    return tuple(sorted(gaps, key=lambda gap: (-gap.hidden, gap.item)))


def _gap(code: str, pair: ItemPair, found: Pairs) -> ItemGap:
    own = Fraction(pair.own, found.own_visits)
    seen = Fraction(pair.seen, found.seen_visits)
    return ItemGap(item=code, own=_rounded(own), seen=_rounded(seen), hidden=_rounded(seen - own))


def _rounded(points: Fraction) -> Hundredths:
    """Half away from nothing, so that a difference and its opposite are printed alike."""
    found = rounded(abs(points), "half_up")
    return found if points >= 0 else Hundredths(-found)
