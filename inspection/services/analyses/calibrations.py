"""Calibration: how differently inspectors judge the same item. Pseudonyms only, for who reviews."""

from collections.abc import Mapping, Sequence

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.analyses.calibration import (
    LEAST_VISITS,
    ByInspector,
    Dispersion,
    InspectorRate,
    Judged,
    by_item,
    dispersion,
    inspector_rates,
    together,
    widest_first,
)
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.analyses import calibrations
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.rankings.ranking_facts import Stores
from inspection.persistence.rankings.tallies import hold_tally
from inspection.services.analyses.analysis_frames import Frame, frame_of
from inspection.services.rankings.kept_figures import by_county
from inspection.services.rankings.ranking_lists import RankingOf, list_asked
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.reach import check_granted


class DispersionRow(msgspec.Struct, frozen=True, kw_only=True):
    """An item from inspector to inspector."""

    title: Text
    found: Dispersion


class CalibrationPage(msgspec.Struct, frozen=True, kw_only=True):
    """Items, the widest spread first, and the inspectors side by side in one of them, or over all
    where `item` is empty. Who made fewer than `least` visits is left out.
    """

    frame: Frame
    least: int
    item: str
    items: tuple[tuple[str, Text], ...]
    rows: tuple[DispersionRow, ...]
    inspectors: tuple[InspectorRate, ...]


async def calibration_page(actor: Actor, asked: UnitsAsked, item: str = "") -> CalibrationPage:
    """The spread of loss rates in the published visits of a round. Raises NotAllowed for managers,
    who see no inspectors, and NotFound for what is out of reach.
    """
    check_granted(actor, Action.CALIBRATION_READ)
    async with read_tx():
        of = await list_asked(actor, asked)
        judged = await _judged(of)
        known = {each.code: each.title for each in of.rubric.items()}
        wanted = item if item in known else ""
        shown = inspector_rates(judged.get(wanted, {}) if wanted else _over_all(judged))
        names = await calibrations.pseudonyms([each.inspector for each in shown])
    spreads = widest_first(dispersion(code, each) for code, each in judged.items())
    return CalibrationPage(
        frame=frame_of(of),
        least=LEAST_VISITS,
        item=wanted,
        items=tuple(known.items()),
        rows=tuple(
            DispersionRow(title=known.get(each.item, Text(each.item, each.item)), found=each)
            for each in spreads
        ),
        inspectors=_named(shown, names),
    )


async def reckon_judgements(most: int) -> int:
    """Count again what inspectors took off where a result is newer, in at most so many counties;
    how many there were.
    """
    found = await calibrations.stale_judgements(most)
    for key in found:
        of = Stores(key.round, key.store_kind, key.ownership)
        async with tx():
            # Whoever publishes a result there holds it too, and throws away what is written here.
            await hold_tally(key)
            counted = await calibrations.judged_in_visits(of, (key.region_path,))
            await calibrations.write_judgements(key, counted.get(key.region_path, {}))
    return len(found)


async def _judged(of: RankingOf) -> Mapping[str, ByInspector]:
    stores = of.stores
    counties = await by_county(
        of.moment, ("judged", stores), lambda paths: calibrations.judgements(stores, paths)
    )

    async def add_up() -> Mapping[str, ByInspector]:
        return by_item(each for path, each in counties.items() if of.scope.holds(path))

    return await of.moment.fact(("judged", stores, of.scope), add_up)


def _over_all(judged: Mapping[str, ByInspector]) -> ByInspector:
    """Every inspector over all items; how often is how often the most frequent of them was."""
    found: dict[str, list[Judged]] = {}
    for each in judged.values():
        for who, one in each.items():
            found.setdefault(who, []).append(one)
    return {
        who: msgspec.structs.replace(together(parts), times=max(part.times for part in parts))
        for who, parts in found.items()
    }


def _named(shown: Sequence[InspectorRate], names: Mapping[str, str]) -> tuple[InspectorRate, ...]:
    """By pseudonym; the account itself goes no further."""
    return tuple(
        msgspec.structs.replace(each, inspector=names.get(each.inspector) or "–") for each in shown
    )
