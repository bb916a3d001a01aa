"""Looking for rubrics: codes and the version in force, versions, drafts, how decisions went."""

from datetime import datetime, timedelta

import msgspec

from inspection.domain.access import ANYWHERE, Action, Actor, may
from inspection.domain.deadline import SHANGHAI
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.rubrics.rubric import Rubric, Text
from inspection.domain.rubrics.rubric_draft import LIVE, DraftState
from inspection.persistence.engine import read_tx
from inspection.persistence.rubrics import rubric_decisions, rubric_lists, rubrics
from inspection.persistence.rubrics.rubric_decisions import DecisionShown, WithdrawalShown
from inspection.persistence.rubrics.rubric_lists import (
    ListedDraft,
    ListedRubric,
    ListedVersion,
    UsingRound,
)
from inspection.persistence.rubrics.rubrics import VersionRow
from inspection.services.reach import check_whole
from inspection.services.rubrics.rubric_reach import NOUN
from inspection.services.rubrics.rubrics import known_rubric
from inspection.services.tools import Tools

MONTHS = 12


class RubricPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of codes."""

    rows: tuple[ListedRubric, ...]
    total: int
    sort: str
    next_cursor: str | None


class DraftPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of drafts, and how many there are in each state."""

    rows: tuple[ListedDraft, ...]
    total: int
    sort: str
    next_cursor: str | None
    counts: dict[DraftState, int]


class RubricHistory(msgspec.Struct, frozen=True, kw_only=True):
    """A code: the version in force if there is one, a page of all, with rounds and withdrawals."""

    code: str
    title: Text
    store_kind: str
    in_force: VersionRow | None
    rows: tuple[ListedVersion, ...]
    total: int
    next_cursor: str | None
    rounds: dict[str, list[UsingRound]]
    withdrawals: dict[str, WithdrawalShown]


class VersionView(msgspec.Struct, frozen=True, kw_only=True):
    """A version with its content and, when it was withdrawn, why."""

    row: VersionRow
    rubric: Rubric
    withdrawal: WithdrawalShown | None
    can_withdraw: bool
    can_draft: bool


class DecisionMonth(msgspec.Struct, frozen=True, kw_only=True):
    """How many drafts were decided about in a month by Shanghai's calendar ("2026-11")."""

    month: str
    decided: int
    vetoed: int


async def rubric_page(actor: Actor, asked: ListAsked) -> RubricPage:
    """One page of the rubrics there are."""
    check_browsing(actor)
    async with read_tx():
        found = await rubric_lists.list_rubrics(asked)
    return RubricPage(
        rows=msgspec.convert(found.rows, tuple[ListedRubric, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def draft_page(
    actor: Actor, asked: ListAsked, state: DraftState | None = None, code: str = ""
) -> DraftPage:
    """One page of drafts: those in a state, or all that are in work."""
    check_whole(actor, Action.RUBRIC_DRAFT_READ, NOUN)
    async with read_tx():
        states = (state,) if state else LIVE
        found = await rubric_lists.list_drafts(asked, states, code)
        counts = await rubric_lists.count_drafts()
    return DraftPage(
        rows=msgspec.convert(found.rows, tuple[ListedDraft, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        counts=dict(counts),
    )


async def rubric_history(actor: Actor, code: str, asked: ListAsked) -> RubricHistory:
    """The versions of a code, latest first. Raises NotFound."""
    check_browsing(actor)
    async with read_tx():
        found = await rubric_lists.list_versions(code, asked)
        rows = msgspec.convert(found.rows, tuple[ListedVersion, ...])
        if not rows:
            raise NotFound(noun="rubric")
        in_force = await rubrics.version_in_force(code)
        named = in_force or await rubrics.get_version(rows[0].digest)
        using = await rubric_lists.rounds_using(tuple(r.digest for r in rows), actor.region_path)
        withdrawals = await rubric_decisions.withdrawals_of(code)
    rounds: dict[str, list[UsingRound]] = {}
    for each in using:
        rounds.setdefault(each.rubric_version, []).append(each)
    return RubricHistory(
        code=code,
        title=Text(named.title_zh, named.title_en),
        store_kind=named.store_kind,
        in_force=in_force,
        rows=rows,
        total=found.total,
        next_cursor=found.next_cursor,
        rounds=rounds,
        withdrawals={each.rubric_version: each for each in withdrawals},
    )


async def version_view(actor: Actor, digest: str) -> VersionView:
    """One version to read. Raises NotFound."""
    check_browsing(actor)
    known = await known_rubric(digest)
    async with read_tx():
        row = await rubrics.get_version(digest)
        withdrawals = await rubric_decisions.withdrawals_of(row.code)
    withdrawal = next((each for each in withdrawals if each.rubric_version == digest), None)
    return VersionView(
        row=row,
        rubric=known.rubric,
        withdrawal=withdrawal,
        can_withdraw=withdrawal is None and _whole(actor, Action.RUBRIC_WITHDRAW),
        can_draft=_whole(actor, Action.RUBRIC_DRAFT_EDIT),
    )


async def decisions_about(actor: Actor, draft: str) -> tuple[DecisionShown, ...]:
    """What was decided about a draft, latest first."""
    check_whole(actor, Action.RUBRIC_DRAFT_READ, NOUN)
    async with read_tx():
        return await rubric_decisions.decisions_about(draft)


async def decision_months(tools: Tools, actor: Actor) -> tuple[DecisionMonth, ...]:
    """How decisions went in the last twelve months, latest first."""
    check_whole(actor, Action.RUBRIC_DRAFT_READ, NOUN)
    async with read_tx():
        made = await rubric_decisions.decisions_since(tools.now() - timedelta(days=31 * MONTHS))
    months: dict[str, list[bool]] = {}
    for at, decision in made:
        months.setdefault(_month(at), []).append(decision == "veto")
    return tuple(
        DecisionMonth(month=month, decided=len(vetoes), vetoed=sum(vetoes))
        for month, vetoes in sorted(months.items(), reverse=True)[:MONTHS]
    )


def may_draft(actor: Actor) -> bool:
    """Whether drafts may be offered to begin."""
    return _whole(actor, Action.RUBRIC_DRAFT_EDIT)


def may_see_drafts(actor: Actor) -> bool:
    """Whether drafts may be shown at all."""
    return _whole(actor, Action.RUBRIC_DRAFT_READ)


def check_browsing(actor: Actor) -> None:
    """Raises NotAllowed for who does not look at rubrics on a desk."""
    if not may(actor, Action.RUBRIC_BROWSE, ANYWHERE):
        raise NotAllowed


def _whole(actor: Actor, action: Action) -> bool:
    try:
        check_whole(actor, action, NOUN)
    except (NotAllowed, NotFound):
        return False
    return True


def _month(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m}"
