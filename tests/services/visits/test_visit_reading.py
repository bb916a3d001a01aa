"""Inspectors see what became of their own visits, and nobody else's."""

import msgspec
import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.statements import run
from inspection.services.visits.visits import my_visits, visit_of
from tests.cast import CHEN, GUO, LI, MA, SUN, WANG
from tests.receiving import return_visit, send
from tests.submissions import (
    OTHER_VISIT,
    SPOTS,
    VISIT,
    a_photo,
    a_submission,
    rubric_in,
    sha256_of,
)

PHOTOS = tuple(a_photo(shade) for shade in (1, 2, 3))


async def test_an_inspector_lists_her_own_visits_latest_first(province, clock):
    await send(province, a_submission(losses=(SPOTS,)))
    clock.go_on(hours=1)
    hall = a_submission(rubric_in("KH"), store="LZ-0012", features=(), visit=OTHER_VISIT)
    await send(province, hall)
    latest, first = await my_visits(LI.actor)
    assert (latest.id, latest.store_code, latest.round_code) == (OTHER_VISIT, "LZ-0012", "2026-11")
    assert (first.id, first.total, first.lost, first.outcome) == (VISIT, 9900, 100, "pass")
    assert await my_visits(MA.actor) == ()


async def test_a_visit_shows_its_card_and_the_receipt_it_got(province):
    received = await send(province, a_submission())
    detail = await visit_of(LI.actor, VISIT)
    assert detail.visit.receipt.encode() == received.receipt
    assert msgspec.json.decode(detail.visit.scorecard)["total"] == 10000
    assert detail.visit.return_reason is None


async def test_photos_that_are_not_here_yet_are_named_and_counted_once(province):
    await send(province, a_submission(pictures=(*PHOTOS, PHOTOS[0])[:3]))
    await run("UPDATE photo SET state = 'clean' WHERE sha256 = ?", sha256_of(PHOTOS[1]))
    await run("UPDATE photo SET state = 'refused' WHERE sha256 = ?", sha256_of(PHOTOS[2]))
    detail = await visit_of(LI.actor, VISIT)
    assert detail.missing == (sha256_of(PHOTOS[0]),)
    assert detail.refused == (sha256_of(PHOTOS[2]),)
    assert (detail.visit.missing_photos, detail.visit.complete) == (1, False)


async def test_a_returned_visit_says_why(province):
    await send(province, a_submission())
    await return_visit(province, reason="门头照片缺失")
    detail = await visit_of(LI.actor, VISIT)
    assert (detail.visit.state, detail.visit.return_reason) == ("returned", "门头照片缺失")
    await send(province, a_submission(attempt=2))
    assert (await visit_of(LI.actor, VISIT)).visit.return_reason is None


@pytest.mark.parametrize("person", [SUN, GUO])
async def test_quality_control_may_look(province, person):
    await send(province, a_submission())
    assert (await visit_of(person.actor, VISIT)).visit.inspector == LI.account


@pytest.mark.parametrize("person", [MA, WANG, CHEN])
async def test_for_everybody_else_it_does_not_exist(province, person):
    await send(province, a_submission())
    with pytest.raises(NotFound):
        await visit_of(person.actor, VISIT)
    with pytest.raises(NotFound):
        await visit_of(LI.actor, OTHER_VISIT)
