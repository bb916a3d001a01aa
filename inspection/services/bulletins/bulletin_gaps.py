"""The gaps of an issue: its part of the tree and its units beside a benchmark, as their scorecards
have them.
"""

from collections.abc import Iterable

from inspection.domain.bulletins.bulletin_ranking import GapPart, SectionGap, UnitGap
from inspection.domain.org.region_path import depth
from inspection.domain.points import plain
from inspection.domain.rankings import benchmark
from inspection.domain.rankings.benchmark import Compared
from inspection.domain.refusals.bulletins import BulletinBenchmarkGone
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.persistence.people import places
from inspection.persistence.people.places import RegionRow
from inspection.services.rankings.scorecard_peers import WAYS, Chosen, Peers, unit_benchmark
from inspection.services.rankings.scorecard_results import Benchmark
from inspection.services.rankings.scorecards import NOBODY
from inspection.services.rankings.unit_results import UnitRow
from inspection.services.rankings.units import Counted, added
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import say

USUAL = "top"
"""How a benchmark is chosen where nobody says otherwise."""


def gaps_in(row: BulletinRow, counted: Counted, units: Iterable[UnitRow]) -> GapPart:
    """The gaps to the benchmark of the draft among the units of the issue; nothing outside them is
    compared with. Units that are level stand in the order given.
    """
    of = counted.of
    fulls = {column.section: column.full for column in of.columns}
    titles = {column.section: column.short.of(LANGUAGE.value) for column in of.columns}
    peers = _peers(counted)
    against, theirs = _chosen(row.benchmark, counted, peers)
    ours = benchmark.of_tally(added(counted.counties.values()).tally)
    full = of.rubric.full
    lines = benchmark.compared(fulls, ours, theirs)
    return GapPart(
        kind=against.kind,
        who=_who(against),
        whole=_line("", benchmark.whole(full, ours, theirs)),
        sections=tuple(_line(titles[each.section], each) for each in lines),
        units=_units(
            _unit(
                unit,
                benchmark.whole(full, peers.exact(unit.region.path), theirs),
                benchmark.compared(fulls, peers.exact(unit.region.path), theirs),
                [each.section for each in lines],
            )
            for unit in units
            if unit.region.path in peers.regions
        ),
    )


async def benchmarks_to_choose(row: BulletinRow) -> tuple[RegionRow, ...]:
    """The units a draft may name as its benchmark: those right below its region."""
    below = {1: "branch", 2: "county"}.get(depth(row.region_path))
    return await places.regions_within(row.region_path, (below,)) if below else ()


async def check_benchmark(row: BulletinRow, wanted: str) -> None:
    """Raises BulletinBenchmarkGone for what is neither a way nor a unit of the issue."""
    if not wanted or wanted in WAYS or wanted == row.benchmark:
        return
    if wanted not in {each.code for each in await benchmarks_to_choose(row)}:
        raise BulletinBenchmarkGone


def _peers(counted: Counted) -> Peers:
    """The units; none for a county, which has nobody beside it in its own issue."""
    if counted.level == counted.of.region.level:
        return NOBODY
    return Peers(counted.sums, counted.regions)


def _chosen(wanted: str, counted: Counted, peers: Peers) -> Chosen:
    """The benchmark of the draft; the top quarter where none is chosen or the unit that was chosen
    has no result of this kind, and the pass line while nobody has a place.
    """
    paths = {each.code: path for path, each in peers.regions.items() if peers.exact(path)}
    against = wanted if wanted in WAYS else paths.get(wanted, USUAL)
    found = unit_benchmark(counted.of, peers, against)
    return found if found[1] else unit_benchmark(counted.of, peers, "target")


def _who(found: Benchmark) -> str:
    words = f"paper.bulletin.gap_{found.kind}"
    if found.share is not None:
        return say(LANGUAGE, words, share=plain(found.share))
    if found.region is not None:
        return say(LANGUAGE, f"{words}_one", name=found.region.name.of(LANGUAGE.value))
    return say(LANGUAGE, words, n=found.peers)


def _line(title: str, found: Compared) -> SectionGap:
    return SectionGap(
        title=title, full=found.full, ours=found.ours, theirs=found.theirs, gap=found.gap
    )


def _unit(row: UnitRow, whole: Compared, lines: tuple[Compared, ...], order: list[str]) -> UnitGap:
    gaps = {each.section: each.gap for each in lines}
    return UnitGap(
        name=row.region.name.of(LANGUAGE.value),
        gap=whole.gap,
        sections=tuple(gaps[section] for section in order),
    )


def _units(rows: Iterable[UnitGap]) -> tuple[UnitGap, ...]:
    return tuple(sorted(rows, key=lambda each: (each.gap is None, each.gap or 0)))
