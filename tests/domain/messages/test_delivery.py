"""A delivery ends once, and what failed can be tried again."""

import pytest
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from inspection.domain.messages.delivery import (
    BACK_OFF,
    MOVES,
    SEND_KINDS,
    DeliveryMove,
    DeliveryState,
    Outcome,
    move,
    move_after,
)
from inspection.domain.messages.message import Channel
from inspection.domain.refusals import MoveRefused


class Deliveries(RuleBasedStateMachine):
    """A delivery as workers and administrators use it."""

    def __init__(self):
        super().__init__()
        self.state, self.tries = DeliveryState.WAITING, 0

    def attempt(self, outcome):
        self.tries += 1
        self.state = move(self.state, move_after(outcome, self.tries))

    @precondition(lambda self: self.state is DeliveryState.WAITING)
    @rule()
    def not_now(self):
        self.attempt(Outcome.LATER)

    @precondition(lambda self: self.state is DeliveryState.WAITING)
    @rule()
    def never(self):
        self.attempt(Outcome.REFUSED)

    @precondition(lambda self: self.state is DeliveryState.WAITING)
    @rule()
    def taken(self):
        self.attempt(Outcome.TAKEN)

    @precondition(lambda self: self.state is DeliveryState.WAITING)
    @rule()
    def nobody_there(self):
        self.attempt(Outcome.GONE)

    @rule()
    def try_again(self):
        if self.state is DeliveryState.FAILED:
            self.state, self.tries = move(self.state, DeliveryMove.RETRY), 0
            return
        with pytest.raises(MoveRefused):
            move(self.state, DeliveryMove.RETRY)

    @invariant()
    def it_is_not_tried_for_ever(self):
        assert self.tries <= len(BACK_OFF) + 1
        if self.tries == len(BACK_OFF) + 1:
            assert self.state is not DeliveryState.WAITING


TestDeliveries = Deliveries.TestCase


def test_what_is_over_stays_over():
    for state in (DeliveryState.SENT, DeliveryState.DROPPED):
        assert not [wanted for (before, wanted) in MOVES if before is state]


def test_every_way_has_a_kind_of_job():
    assert set(SEND_KINDS) == set(Channel)
