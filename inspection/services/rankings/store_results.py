"""One store through its rounds: score, place, sections, notices."""

from datetime import date

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.deadline import day_of
from inspection.domain.org.store import StoreState, is_unverified
from inspection.domain.points import Hundredths
from inspection.domain.rankings.ranking import change
from inspection.domain.rankings.standing import average
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Rubric, Text
from inspection.persistence.engine import read_tx
from inspection.persistence.org import store_results as results
from inspection.persistence.org.store_results import StoreNoticeLine, StoreRoundRow
from inspection.persistence.people import places
from inspection.persistence.people.places import Scope, StoreRow
from inspection.persistence.rankings import ranked_rounds, tallies
from inspection.persistence.rankings.tallies import TallyWanted
from inspection.services.people.places import RoundLabel, map_of
from inspection.services.rankings.ranking_lists import columns_of
from inspection.services.rankings.ranking_results import (
    StoreNoticeRow,
    StoreNow,
    StoreResults,
    StoreRound,
)
from inspection.services.rankings.ranking_rows import section_cells
from inspection.services.rankings.store_repeats import store_repeats
from inspection.services.reach import check_granted
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

MOST_ROUNDS = 12


async def store_results(tools: Tools, actor: Actor, store_code: str) -> StoreResults:
    """What was published about a store in its latest rounds, as far as it lay in the caller's part
    of the tree then. Raises NotFound when it never did.
    """
    check_granted(actor, Action.STORE_READ)
    scope = Scope(actor.region_path)
    async with read_tx():
        store = await _found(store_code)
        rows = await results.rounds_of_store(store.id, scope, MOST_ROUNDS)
        rubrics = await _rubrics(rows, store.kind)
        means = await _means(rows, store.kind)
        names = await map_of([store.region_path])
        about = await results.notices_about(store.id, scope)
    if not (rows or about or _here(actor, store)):
        raise NotFound(noun="store")
    rounds = {row.round: _round(row, rubrics, means.get(row.round)) for row in rows}
    return StoreResults(
        store=names.store(store.code, store.name, store.kind, store.region_path),
        record=_record(actor, store, day_of(tools.now())),
        rounds=tuple(rounds.values()),
        # Not the one before in time: what the store checked itself says nothing of a covert visit.
        before=rounds.get(rows[0].previous or "") if rows else None,
        repeats=store_repeats([(row, rounds[row.round].round) for row in rows], rubrics),
        notices=tuple(_notice(row) for row in about),
    )


def _notice(row: StoreNoticeLine) -> StoreNoticeRow:
    return StoreNoticeRow(
        notice=row.notice, number=row.number, state=row.state, lines=row.lines, lost=row.lost
    )


def _here(actor: Actor, store: StoreRow) -> bool:
    return may(actor, Action.STORE_READ, Place(region_path=store.region_path))


def _record(actor: Actor, store: StoreRow, today: date) -> StoreNow | None:
    """What the store is now, for whoever it belongs to now."""
    if not _here(actor, store):
        return None
    return StoreNow(
        can_edit=may(actor, Action.STORE_EDIT, Place(region_path=store.region_path)),
        address=store.address,
        contact_name=store.contact_name,
        contact_phone=store.contact_phone,
        unverified=is_unverified(store.contact_verified_on, today),
        contact_verified_on=store.contact_verified_on,
        closed_on=store.closed_on,
        closed=store.state == StoreState.CLOSED,
    )


async def _found(store_code: str) -> StoreRow:
    store = await places.find_store(store_code)
    if store is None:
        raise NotFound(noun="store")
    return store


async def _rubrics(rows: tuple[StoreRoundRow, ...], store_kind: str) -> dict[str, Rubric]:
    rounds = {row.round for row in rows} | {row.previous for row in rows if row.previous}
    used = await ranked_rounds.rubrics_of(tuple(sorted(rounds)))
    return {
        row.round: await rubric_of(row.digest)
        for row in used
        if row.round is not None and row.used_for == store_kind
    }


async def _means(rows: tuple[StoreRoundRow, ...], kind: str) -> dict[str, Hundredths]:
    wanted = TallyWanted(rounds=tuple(row.round for row in rows), store_kind=kind)
    heads = await tallies.heads(wanted) if rows else {}
    return {of: average(head.score, head.ranked) for of, head in heads.items() if head.ranked}


def _round(row: StoreRoundRow, rubrics: dict[str, Rubric], mean: Hundredths | None) -> StoreRound:
    rubric = rubrics.get(row.round)
    earlier = rubrics.get(row.previous or "")
    return StoreRound(
        round=RoundLabel(
            code=row.round_code,
            name=Text(row.round_zh, row.round_en),
            visit_kind=row.visit_kind,
            state=row.round_state,
        ),
        score=row.score,
        full=row.full,
        lost=row.lost,
        rank=None if row.rank_key is None else row.place,
        ranked=row.ranked,
        region_rank=None if row.rank_key is None else row.branch_place,
        vetoed=row.vetoed,
        unranked_why=row.unranked_why,
        visits=row.visits,
        min_visits=row.min_visits,
        change=_change(row, earlier),
        mean=mean,
        columns=columns_of(rubric, earlier) if rubric else (),
        sections=section_cells(row.sections),
    )


def _change(row: StoreRoundRow, earlier: Rubric | None) -> Hundredths | None:
    return change(row.score, row.full, row.previous_score, earlier.full if earlier else row.full)
