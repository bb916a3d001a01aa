"""A unit through the rounds: its mean and its pass rate, with the line to reach."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from inspection.domain.access import Actor
from inspection.domain.analyses.year import year_before
from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import average
from inspection.domain.rankings.tally import Heads
from inspection.domain.rankings.unit import rate
from inspection.domain.rounds.round import Round
from inspection.domain.rubrics.rubric import Rubric
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import ranked_rounds, tallies
from inspection.services.analyses.analysis_frames import (
    Frame,
    chain,
    frame_of,
    kinds_used,
    rounds_of,
)
from inspection.services.people.places import RoundLabel
from inspection.services.rankings.ranking_lists import RankingOf, comparable, list_asked
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rounds.rounds import round_label
from inspection.services.rubrics.rubrics import rubric_of

NOBODY = Heads()


class OnYear(msgspec.Struct, frozen=True, kw_only=True):
    """The round a year before, and the change since in points; None where one has no mean, or
    where they are not `comparable`.
    """

    round: RoundLabel
    change: Hundredths | None
    comparable: bool


class TrendRow(msgspec.Struct, frozen=True, kw_only=True):
    """One round. `change` is on the round shown before it (环比): in points, unless it is not
    `comparable` with that one; then nothing is said. `on_year` is the round of the same sort a
    year before (同比), None where there was none.
    """

    round: RoundLabel
    average: Hundredths | None
    change: Hundredths | None
    comparable: bool
    ranked: int
    passed: int
    pass_rate: Hundredths | None
    vetoed: int
    on_year: OnYear | None = None


class TrendPage(msgspec.Struct, frozen=True, kw_only=True):
    """The round asked for and those it looks back on, the earliest first."""

    frame: Frame
    line: Hundredths
    rows: tuple[TrendRow, ...]


async def trend_page(actor: Actor, asked: UnitsAsked) -> TrendPage:
    """The way of a unit through at most twenty rounds."""
    async with read_tx():
        of = await list_asked(actor, asked)
        listed = await rounds_of(of, actor)
        rounds = chain(listed, of.round.id)
        years = await _years(rounds, listed)
        shown = {each.id for each in (*rounds, *years.values())}
        heads = await tallies.heads(of.tallies(*sorted(shown)))
        rubrics = await _rubrics(of, listed)
    rows: list[TrendRow] = []
    for each in rounds:
        last = rounds[len(rows) - 1] if rows else None
        row = _row(round_label(each), heads.get(each.id, NOBODY), rows[-1] if rows else None)
        if last and not _alike(rubrics, last, each):
            row = replace(row, change=None, comparable=False)
        if year := years.get(each.id):
            alike = _alike(rubrics, year, each)
            row = replace(row, on_year=_on_year(year, row, heads.get(year.id, NOBODY), alike=alike))
        rows.append(row)
    return TrendPage(frame=frame_of(of), line=of.line, rows=tuple(rows))


async def _years(rounds: Sequence[Round], listed: Sequence[Round]) -> dict[str, Round]:
    """The round of the same sort a year before each of these, where there was one."""
    days = await ranked_rounds.first_days(tuple(each.id for each in listed))
    known = {each.id: each for each in listed}
    found: dict[str, Round] = {}
    for each in rounds:
        same = {o.id: days[o.id] for o in listed if o.visit_kind == each.visit_kind}
        if before := year_before(same, each.id):
            found[each.id] = known[before]
    return found


async def _rubrics(of: RankingOf, listed: Sequence[Round]) -> dict[str, Rubric]:
    used = await kinds_used(of, listed)
    read = {digest: await rubric_of(digest) for digest in sorted(set(used.values()))}
    return {round_id: read[digest] for round_id, digest in used.items()}


def _alike(rubrics: Mapping[str, Rubric], before: Round, now: Round) -> bool:
    """Whether points of two rounds can be compared here."""
    ours, theirs = rubrics.get(now.id), rubrics.get(before.id)
    return ours is None or theirs is None or ours is theirs or comparable(ours, theirs)


def _on_year(year: Round, row: TrendRow, then: Heads, *, alike: bool) -> OnYear:
    was = _mean(then)
    change = None if was is None or row.average is None else Hundredths(row.average - was)
    return OnYear(round=round_label(year), change=change if alike else None, comparable=alike)


def _mean(heads: Heads) -> Hundredths | None:
    return average(heads.score, heads.ranked) if heads.ranked else None


def _row(label: RoundLabel, heads: Heads, last: TrendRow | None) -> TrendRow:
    mean, before = _mean(heads), last.average if last else None
    return TrendRow(
        round=label,
        average=mean,
        change=None if mean is None or before is None else Hundredths(mean - before),
        comparable=True,
        ranked=heads.ranked,
        passed=heads.passed,
        pass_rate=rate(heads.passed, heads.ranked),
        vetoed=heads.vetoed,
    )
