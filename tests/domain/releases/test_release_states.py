"""Visits on their way out, whatever happens in whatever order: none says more than its week."""

from datetime import datetime, timedelta

import msgspec
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.strategies import data, integers

from inspection.domain.deadline import SHANGHAI
from inspection.domain.refusals import MoveRefused
from inspection.domain.refusals.releases import ReleaseReasonMissing, ReleaseTooSmall
from inspection.domain.releases.release import (
    LEAST,
    MONDAY,
    SUNDAY,
    check_early,
    due_at,
    early_cut,
    week_cut,
)
from inspection.domain.visits.visit import VisitState, moved

START = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)


class Made(msgspec.Struct, kw_only=True):
    """A visit of the model."""

    visited_at: datetime
    state: VisitState = VisitState.SUBMITTED
    approved_at: datetime | None = None
    released_at: datetime | None = None
    early: bool = False
    held: bool = False
    times_released: int = 0


class Releasing(RuleBasedStateMachine):
    """One round: inspectors, reviewers, the daily job and an administrator, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.day, self.locked = START, MONDAY, False
        self.visits: list[Made] = []
        self.batches: set[str] = set()
        self.sizes: list[int] = []

    @rule(day=integers(MONDAY, SUNDAY))
    def choose_the_day(self, day: int) -> None:
        if not self.visits:
            self.day = day

    @rule(hours=integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(ago=integers(0, 100))
    def a_visit_comes_in(self, ago: int) -> None:
        self.visits.append(Made(visited_at=self.now - timedelta(hours=ago)))

    @precondition(lambda self: self.visits and not self.locked)
    @rule(pick=data())
    def a_reviewer_approves(self, pick) -> None:
        visit = self._one(pick)
        try:
            visit.state = moved(visit.state, "approve")
        except MoveRefused:
            return
        visit.approved_at = self.now

    @precondition(lambda self: self.visits)
    @rule(pick=data())
    def it_is_held_or_let_go(self, pick) -> None:
        visit = self._one(pick)
        visit.held = visit.state is VisitState.APPROVED and not visit.held

    @precondition(lambda self: not self.locked)
    @rule()
    def the_job_runs(self) -> None:
        cut = week_cut(self.now, self.day)
        if cut.key not in self.batches and self._release(cut, early=False):
            self.batches.add(cut.key)

    @precondition(lambda self: not self.locked)
    @rule(words=integers(0, 1))
    def somebody_releases_early(self, words: int) -> None:
        cut = early_cut(self.now, "early")
        try:
            check_early(len(self._taken(cut)), "季度通报" * words)
        except (ReleaseTooSmall, ReleaseReasonMissing):
            return
        self.sizes.append(self._release(cut, early=True))

    @rule()
    def it_is_locked_or_unlocked(self) -> None:
        self.locked = not self.locked
        for visit in self.visits:
            if self.locked and visit.state is VisitState.PUBLISHED:
                visit.state = moved(visit.state, "lock")
            elif not self.locked and visit.state is VisitState.LOCKED:
                visit.state = VisitState.PUBLISHED

    @invariant()
    def nothing_goes_out_before_its_week_is_over(self) -> None:
        for visit in self.visits:
            if visit.released_at:
                week = visit.visited_at.astimezone(SHANGHAI).isocalendar()[:2]
                assert visit.released_at.astimezone(SHANGHAI).isocalendar()[:2] > week
                assert visit.early or due_at(visit.visited_at, visit.approved_at, self.day) <= (
                    visit.released_at
                )

    @invariant()
    def each_goes_out_once_and_only_if_approved(self) -> None:
        for visit in self.visits:
            out = visit.state in {VisitState.PUBLISHED, VisitState.LOCKED}
            assert visit.times_released == int(out)
            assert not out or visit.approved_at

    @invariant()
    def an_early_batch_is_never_small(self) -> None:
        assert all(size >= LEAST for size in self.sizes)

    def _one(self, pick) -> Made:
        return self.visits[pick.draw(integers(0, len(self.visits) - 1))]

    def _taken(self, cut) -> list[Made]:
        return [
            visit
            for visit in self.visits
            if visit.state is VisitState.APPROVED
            and not visit.held
            and visit.approved_at <= cut.approved_until
            and visit.visited_at < cut.visited_before
        ]

    def _release(self, cut, *, early: bool) -> int:
        taken = self._taken(cut)
        for visit in taken:
            visit.state = moved(visit.state, "release")
            visit.released_at, visit.early = self.now, early
            visit.times_released += 1
        return len(taken)


TestReleasing = Releasing.TestCase
TestReleasing.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
