"""The dry run: every visit judged by the other version, nothing of the visits written."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from inspection.domain.points import ZERO, Hundredths
from inspection.domain.rankings.standing import PublishedResult
from inspection.domain.rescores.rescore import Compared, digest_of, summary
from inspection.domain.rescores.rescore_run import RescoreState, moved, places_of
from inspection.domain.rounds.round import RoundState
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.people.places import Scope
from inspection.persistence.rescores import rescore_lines, rescore_visits, rescores
from inspection.persistence.rescores.rescore_lines import LineJudged, LineRow
from inspection.persistence.rescores.rescore_visits import (
    Place,
    Standing,
    VisitsWanted,
    VisitToJudge,
)
from inspection.persistence.rescores.rescores import RescoreFound
from inspection.services.rescores.rescore_judging import judge, line_of, rules_of
from inspection.services.tools import Tools

TRY = "rescore.try"
"""Kind of the job that judges without writing."""

PAGE = 100
"""Visits in one transaction."""

PAGES = 20
"""Transactions in one job; the next one goes on from there."""


def job_key(kind: str, rescore: str, number: int) -> str:
    """The key of one job of the chain that goes through a re-score."""
    return f"{kind}:{rescore}:{number}"


def job_number(key: str) -> int:
    """Which of the chain it is."""
    return int(key.rpartition(":")[2])


async def leave_job(tools: Tools, kind: str, rescore: str, number: int) -> str:
    """Leave one job of the chain in the caller's transaction; its key."""
    key = job_key(kind, rescore, number)
    await jobs.enqueue(kind=kind, key=key, payload={"rescore": rescore}, at=tools.now())
    return key


def wanted_by(found: RescoreFound) -> VisitsWanted:
    """The visits a re-score is about."""
    return VisitsWanted(
        round=found.round, version=found.from_version, scope=Scope(found.region_path)
    )


async def try_out(tools: Tools, rescore: str, key: str) -> None:
    """Go on with a dry run, as far as one job goes. Called again after a crash it goes on where
    the last transaction ended; cancelled, or with a later job at it, it does nothing.
    """
    for page in range(1, PAGES + 1):
        found = await rescores.find_rescore(rescore)
        if found is None or not _is_at_it(found, key):
            return
        at = msgspec.json.decode(found.marker, type=Place) if found.done else Place()
        rows = await rescore_visits.visits_after(wanted_by(found), at, PAGE)
        if not rows:
            await _show(tools, found)
            return
        judged = await judge(await rules_of(found), rows)
        lines = [line_of(tools, rescore, judgement) for judgement in judged]
        if not await _keep(tools, found, lines, rows[-1], last=page == PAGES):
            return


async def _keep(
    tools: Tools, seen: RescoreFound, lines: list[LineRow], last_row: VisitToJudge, *, last: bool
) -> bool:
    """Keep a page of lines; False when another job was faster."""
    async with tx():
        found = await rescores.lock_rescore(seen.id)
        if found is None or (found.state, found.job, found.marker) != (
            seen.state,
            seen.job,
            seen.marker,
        ):
            return False
        await rescore_lines.add_lines(lines)
        job = await leave_job(tools, TRY, seen.id, job_number(seen.job) + 1) if last else seen.job
        place = Place(last_row.store, last_row.visit)
        await rescores.change_rescore(
            seen.id,
            marker=msgspec.json.encode(place).decode(),
            done=found.done + len(lines),
            job=job,
        )
    return True


async def _show(tools: Tools, seen: RescoreFound) -> None:
    """Add up what was seen, and let it be decided about."""
    lines = await rescore_lines.judged_lines(seen.id)
    standings = await rescore_visits.published(seen.round, seen.store_kind)
    places = _places(lines, standings, seen)
    sums = summary(_compared(line) for line in lines)
    digest = digest_of(
        (line.visit, line.attempt, line.old_digest, line.new_digest) for line in lines
    )
    async with tx():
        found = await rescores.lock_rescore(seen.id)
        if found is None or not _is_at_it(found, seen.job):
            return
        locked = await rescores.hold_round(found.round) is not RoundState.OPEN
        await rescore_lines.write_places(places)
        await rescores.change_rescore(
            seen.id,
            state=moved(found.state, "stop" if locked else "show").value,
            digest=digest,
            shown_at=tools.now(),
            done=len(lines),
            steps=len(lines),
            **msgspec.structs.asdict(sums),
        )


def _is_at_it(found: RescoreFound, key: str) -> bool:
    return found.state is RescoreState.TRYING and found.job == key


def _compared(line: LineJudged) -> Compared:
    return Compared(
        change=line.change,
        old=_points(line.old_total),
        new=_points(line.new_total),
        moved=(line.old_outcome, line.old_band) != (line.new_outcome, line.new_band),
    )


def _points(total: int | None) -> Hundredths | None:
    return None if total is None else Hundredths(total)


def _places(
    lines: Iterable[LineJudged], standings: tuple[Standing, ...], of: RescoreFound
) -> list[tuple[int | None, int | None, str]]:
    """The place each published visit's store has, and would have."""
    judged = {line.visit: line for line in lines}
    now: dict[str, list[PublishedResult]] = defaultdict(list)
    then: dict[str, list[PublishedResult]] = defaultdict(list)
    for standing in standings:
        now[standing.store].append(_result(standing))
        then[standing.store].append(_rejudged(standing, judged.get(standing.visit)))
    before = places_of(now, of.min_visits, pilot=of.pilot)
    behind = places_of(then, of.min_visits, pilot=of.pilot)
    counting = {standing.visit for standing in standings}
    return [
        (before.get(line.store), behind.get(line.store), line.id)
        for line in judged.values()
        if line.visit in counting
    ]


def _rejudged(standing: Standing, line: LineJudged | None) -> PublishedResult:
    """What of the visit would count."""
    if line is None or line.new_total is None:
        return _result(standing)
    return _result(
        msgspec.structs.replace(
            standing,
            total=line.new_total,
            vetoed=line.new_outcome == "vetoed",
            rankable=line.new_rankable,
        )
    )


def _result(standing: Standing) -> PublishedResult:
    """The part of a result that places follow from."""
    return PublishedResult(
        total=Hundredths(standing.total),
        ordering=Hundredths(standing.total),
        lost=ZERO,
        full=ZERO,
        vetoed=standing.vetoed,
        rankable=standing.rankable,
        major_losses=0,
        sections=(),
    )
