"""Writing a re-score: a new revision of every card, page by page, each page whole or not at all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

import msgspec

from inspection.domain.access import AccountId, Actor, Role
from inspection.domain.rescores.rescore import Change
from inspection.domain.rescores.rescore_run import Fate, RescoreState
from inspection.domain.rounds.round import RoundState
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.rescores import rescore_lines, rescore_visits, rescores
from inspection.persistence.rescores.rescore_lines import Ending, LineJudged
from inspection.persistence.rescores.rescore_visits import Place, VisitToJudge
from inspection.persistence.rescores.rescores import RescoreFound
from inspection.services.notices.notice_following import NOTHING, follow_card
from inspection.services.rankings.standings import refresh_standing
from inspection.services.rescores.card_revisions import write_revision
from inspection.services.rescores.rescore_judging import Judgement, Rules, judge, line_of, rules_of
from inspection.services.rescores.rescore_records import Settled, end, finish, record
from inspection.services.rescores.rescore_trials import job_number, leave_job, wanted_by
from inspection.services.tools import Tools

WRITE = "rescore.write"
"""Kind of the job that writes revisions."""

PAGE = 10
"""Visits in one transaction: nobody waits for the writer longer than that takes."""

PAGES = 50
"""Transactions in one job; the next one goes on from there."""

PUBLISHED = "published"


class At(msgspec.Struct, frozen=True, kw_only=True):
    """What all cards of a page have in common."""

    found: RescoreFound
    rules: Rules
    by: Actor
    now: datetime


async def write_on(tools: Tools, rescore: str, key: str) -> None:
    """Go on with writing, as far as one job goes. Called again after a crash it goes on with what
    is not settled; cancelled, or with a later job at it, it does nothing.
    """
    for page in range(1, PAGES + 1):
        if not await in_one_trip(partial(_page, tools, rescore, key, last=page == PAGES)):
            return


async def _page(tools: Tools, rescore: str, key: str, *, last: bool) -> bool:
    """One transaction; whether there may be more to do."""
    found = await rescores.lock_rescore(rescore)
    if found is None or found.job != key:
        return False
    if found.state not in {RescoreState.CONFIRMED, RescoreState.WRITING}:
        return False
    if await rescores.hold_round(found.round) is not RoundState.OPEN:
        await end(tools, found, "stop", Fate.LOCKED)
        return False
    places = await _next(found)
    if not places:
        await finish(tools, found)
        return False
    rows = await rescore_visits.lock_visits(wanted_by(found), places)
    settled = await _settle(tools, found, rows) if rows else ()
    job = await leave_job(tools, WRITE, rescore, job_number(key) + 1) if last else key
    done = found.done + len(rows)
    await rescores.change_rescore(
        rescore,
        state=RescoreState.WRITING.value,
        marker=msgspec.json.encode(places[-1]).decode(),
        done=done,
        steps=max(found.steps, done),
        job=job,
    )
    await record(tools.now(), found, settled)
    return True


async def _next(found: RescoreFound) -> tuple[Place, ...]:
    """Where to go on: beyond the last place, and from the start once the end was reached, for what
    came meanwhile.
    """
    after = msgspec.json.decode(found.marker, type=Place)
    wanted = wanted_by(found)
    return await rescore_visits.unsettled(
        wanted, found.id, after, PAGE
    ) or await rescore_visits.unsettled(wanted, found.id, Place(), PAGE)


async def _settle(
    tools: Tools, found: RescoreFound, rows: Sequence[VisitToJudge]
) -> tuple[Settled, ...]:
    at = At(found=found, rules=await rules_of(found), by=_actor(found), now=tools.now())
    judged = await judge(at.rules, rows)
    lines = await _lines(tools, at, judged)
    for judgement in judged:
        if judgement.new.card is not None:
            await write_revision(tools, at.rules.after, judgement, judgement.new.card, at.now)
    # Standings by store and notices by visit, as everywhere, so that two who meet both get on.
    for store in sorted({each.row.store for each in judged if _counts(each)}):
        await refresh_standing(found.round, store, at.now)
    settled = [await _settled(tools, at, each, lines[each.row.visit]) for each in judged]
    await rescore_lines.write_endings([_ending(each) for each in settled], at.now)
    return tuple(settled)


async def _lines(tools: Tools, at: At, judged: Iterable[Judgement]) -> dict[str, LineJudged]:
    """The line of each card; those that came since the dry run get one now."""
    visits_here = {each.row.visit: each for each in judged}
    known = await rescore_lines.lines_about(at.found.id, tuple(visits_here))
    late = [
        line_of(tools, at.found.id, judgement, late=True)
        for visit, judgement in visits_here.items()
        if visit not in known
    ]
    await rescore_lines.add_lines(late)
    fields = LineJudged.__struct_fields__
    added = {
        line.visit: msgspec.convert({name: getattr(line, name) for name in fields}, LineJudged)
        for line in late
    }
    return known | added


async def _settled(tools: Tools, at: At, judgement: Judgement, line: LineJudged) -> Settled:
    differs = (line.old_digest, line.new_digest, line.change) != (
        judgement.old.inputs_digest,
        judgement.new_digest,
        judgement.change,
    )
    followed = NOTHING
    if _counts(judgement) and judgement.new.card and judgement.change is Change.CHANGED:
        followed = await follow_card(tools, at.by, judgement.row.visit, judgement.new.card)
    return Settled(
        judgement=judgement,
        line=line.id,
        fate=Fate.STUCK if judgement.new.card is None else Fate.WRITTEN,
        differs=differs,
        followed=followed,
    )


def _counts(judgement: Judgement) -> bool:
    """Whether the card is written and published."""
    return judgement.new.card is not None and judgement.row.state == PUBLISHED


def _ending(settled: Settled) -> Ending:
    return Ending(
        line=settled.line,
        fate=settled.fate,
        differs=settled.differs,
        revision=settled.revision,
        notice=settled.followed.what,
    )


def _actor(found: RescoreFound) -> Actor:
    """Who confirmed it, as what follows from it is signed."""
    return Actor(
        account=AccountId(found.confirmed_by or found.asked_by),
        role=Role.ADMINISTRATOR,
        name=found.confirmed_name or found.asked_name,
        region_path=found.region_path,
    )
