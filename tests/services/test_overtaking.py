"""Whoever was overtaken decides anew, so often and no more."""

import pytest

from inspection.domain.refusals import NotFound, StoreBusy
from inspection.persistence.engines.integrity import ReferenceBroken, UniqueBroken
from inspection.services.overtaking import TRIES, Overtaken, look_again


class Decision:
    """Comes to its number of tries, after failing as told."""

    def __init__(self, *failures):
        self.failures = list(failures)
        self.tries = 0

    async def __call__(self):
        self.tries += 1
        if self.failures:
            raise self.failures.pop(0)
        return self.tries


OVERTAKEN = [Overtaken(), UniqueBroken("there already")]


@pytest.mark.parametrize("failures", [[], OVERTAKEN, [Overtaken()] * (TRIES - 1)])
async def test_what_was_overtaken_is_decided_anew(failures):
    assert await look_again(Decision(*failures)) == len(failures) + 1


async def test_after_so_many_tries_the_store_is_busy():
    decision = Decision(*[Overtaken()] * (TRIES + 1))
    with pytest.raises(StoreBusy):
        await look_again(decision)
    assert decision.tries == TRIES


@pytest.mark.parametrize("failure", [NotFound(noun="visit"), ReferenceBroken("points at nothing")])
async def test_any_other_failure_is_final(failure):
    decision = Decision(failure)
    with pytest.raises(type(failure)):
        await look_again(decision)
    assert decision.tries == 1
