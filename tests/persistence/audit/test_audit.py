"""The audit log in the database: gapless, in the writer's transaction, and checkable."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from inspection.domain.audit.audit import ChainFault, ChainHead
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.statements import run

START = datetime(2026, 11, 21, 8, 0, 0, 123_456, tzinfo=UTC)


async def append(n: int, **body: object) -> None:
    await audit.append(
        at=START + timedelta(seconds=n),
        actor="li",
        action="visit.publish",
        noun="visit",
        noun_id=f"visit-{n}",
        body=body or {"n": n, "店": "河桥东街"},
    )


async def appended(count: int) -> None:
    for n in range(1, count + 1):
        async with tx():
            await append(n)


async def test_a_log_nobody_touched_is_intact(database):
    await appended(7)
    report = await audit.verify_chain()
    assert report.intact
    assert (report.events, report.head) == (7, await audit.head_of_chain())


async def test_an_empty_log_is_intact(database):
    report = await audit.verify_chain()
    assert (report.intact, report.head) == (True, ChainHead())


async def test_an_event_vanishes_with_its_transaction(database):
    await appended(2)

    async def broken() -> None:
        async with tx():
            await append(3)
            await run("SELECT nothing")

    with pytest.raises(Exception, match="nothing"):
        await broken()
    await appended(1)
    report = await audit.verify_chain()
    assert (report.intact, report.events) == (True, 3)


async def test_fifty_writers_at_once_make_one_chain(database):
    async def one(n: int) -> None:
        async with tx():
            await append(n)

    await asyncio.gather(*(one(n) for n in range(50)))
    report = await audit.verify_chain()
    assert (report.intact, report.events) == (True, 50)


async def test_several_events_of_one_transaction_follow_each_other(database):
    async with tx():
        await append(1)
        await append(2)
    assert [entry.seq for entry in await audit.events_of("visit", "visit-2")] == [2]


@pytest.mark.parametrize(
    ("sabotage", "fault"),
    [
        ("UPDATE audit_event SET body = '{}' WHERE seq = 4", ChainFault("altered", 4, 4)),
        ("UPDATE audit_event SET actor = 'wang' WHERE seq = 1", ChainFault("altered", 1, 1)),
        ("DELETE FROM audit_event WHERE seq = 3", ChainFault("removed", 3, 3)),
        ("DELETE FROM audit_event WHERE seq > 5", ChainFault("truncated", 6, 7)),
        ("UPDATE audit_head SET seq = 6", ChainFault("appended", 7, 7)),
    ],
)
async def test_tampering_is_located(database, sabotage, fault):
    await appended(7)
    await run(sabotage)
    assert (await audit.verify_chain()).faults == (fault,)


async def test_two_events_that_changed_places_are_located(database):
    await appended(7)
    for before, after in ((2, 99), (5, 2), (99, 5)):
        await run("UPDATE audit_event SET seq = ? WHERE seq = ?", after, before)
    assert (await audit.verify_chain()).faults == (
        ChainFault("reordered", 2, 2),
        ChainFault("reordered", 5, 5),
    )


async def test_the_chain_is_walked_in_pages(database, monkeypatch):
    monkeypatch.setattr(audit, "_PAGE", 3)
    await appended(7)
    report = await audit.verify_chain()
    assert (report.intact, report.events) == (True, 7)


async def test_a_published_hash_must_still_be_there(database):
    await appended(3)
    kept = (await audit.events_of("visit", "visit-2"))[0]
    assert (await audit.verify_chain({2: kept.hash})).intact
    assert not (await audit.verify_chain({2: "0" * 64})).intact
