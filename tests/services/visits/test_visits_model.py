"""Whatever is sent in whatever order, the server is where a model of twenty lines says it is."""

import random

import pytest

from inspection.domain.refusals import Refusal
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from tests.receiving import return_visit, rows_of, send
from tests.submissions import VISIT, a_submission, encoded, sha256_of

OPERATIONS = 30
CONTENTS = {
    (attempt, variant): a_submission(attempt=attempt, clock_offset_ms=variant)
    for attempt in (1, 2, 3)
    for variant in (0, 1)
}


class Model:
    """What must be true after each operation."""

    def __init__(self):
        self.accepted = {}
        self.state = None
        self.assignment = "open"
        self.parked = set()

    def send(self, attempt, variant):
        """The code of what comes of it: new, repeat, or the refusal's."""
        if attempt in self.accepted:
            code = "repeat" if self.accepted[attempt] == variant else "visit.conflict"
        elif self.assignment == "cancelled":
            code = "visit.assignment_cancelled"
        elif attempt == len(self.accepted) + 1 and self.state in (None, "returned"):
            code = "new"
            self.accepted[attempt] = variant
            self.state = self.assignment = "submitted"
        else:
            code = "visit.attempt_refused"
        if code.startswith("visit."):
            self.parked.add((attempt, sha256_of(encoded(CONTENTS[attempt, variant])), code))
        return code


async def sent(tools, receipts, attempt, variant):
    """What really came of it; a receipt must be the one given before."""
    try:
        received = await send(tools, CONTENTS[attempt, variant])
    except Refusal as refusal:
        return refusal.code
    assert receipts.setdefault(attempt, received.receipt) == received.receipt
    return "new" if received.is_new else "repeat"


async def returned(tools, model):
    if model.state == "submitted":
        await return_visit(tools)
        model.state = model.assignment = "returned"


async def cancelled(model):
    if model.assignment in ("open", "returned"):
        await run("UPDATE assignment SET state = 'cancelled'")
        model.assignment = "cancelled"


@pytest.mark.parametrize("seed", range(6))
async def test_any_sequence_ends_where_the_model_ends(province, seed):
    chance, model, receipts = random.Random(seed), Model(), {}
    for _ in range(OPERATIONS):
        draw = chance.random()
        if draw < 0.75:
            attempt, variant = chance.choice(list(CONTENTS))
            outcome = await sent(province, receipts, attempt, variant)
            assert outcome == model.send(attempt, variant)
        elif draw < 0.97:
            await returned(province, model)
        else:
            await cancelled(model)
    parked = {(row["attempt"], row["content_hash"], row["code"]) for row in await rows_of("parked")}
    assert parked == model.parked
    kept = {row["attempt"]: row["content_hash"] for row in await rows_of("submission")}
    assert kept == {
        attempt: sha256_of(encoded(CONTENTS[attempt, variant]))
        for attempt, variant in model.accepted.items()
    }
    for visit in await rows_of("visit"):
        assert (visit["attempt"], visit["state"]) == (len(model.accepted), model.state)
        answered = [row["item"] for row in await rows_of("visit_answer")]
        assert len(answered) == len(set(answered))
    changes = len(model.accepted) + len(model.parked)
    assert len(await audit.events_of("visit", VISIT)) == changes
    assert (await audit.verify_chain()).intact
