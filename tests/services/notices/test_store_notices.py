"""What the store does with a notice: opens it, signs for it, lists its own."""

import asyncio
from datetime import timedelta

import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import (
    NotAllowed,
    NotFound,
)
from inspection.persistence.audit import audit
from inspection.services.notices import store_notices
from inspection.services.notices.notices import (
    acknowledge_notice,
    notice_list,
    notice_of,
    notice_pdf,
)
from inspection.services.notices.store_notice_results import StoreNotice
from tests.cast import (
    CHEN,
    CLUB,
    DENG,
    HALL,
    LI,
    WANG,
)
from tests.reviewing import (
    an_issued,
    another_assignment,
)


async def test_the_first_look_delivers_the_notice(province, clock):
    signed = await an_issued(province)
    clock.go_on(hours=1)
    seen = await notice_of(province, CHEN.actor, signed.id)
    assert isinstance(seen, StoreNotice)
    assert (seen.state, seen.number) == (NoticeState.DELIVERED, signed.number)
    clock.go_on(hours=1)
    assert (await notice_of(province, CHEN.actor, signed.id)).state is NoticeState.DELIVERED
    detail = await notice_of(province, WANG.actor, signed.id)
    assert detail.delivered_at == signed.issued_at + timedelta(hours=1)
    assert [event.action for event in detail.trail][-1] == "notice.deliver"


async def test_looks_at_the_same_moment_deliver_once(province):
    signed = await an_issued(province)
    await asyncio.gather(*(notice_of(province, CHEN.actor, signed.id) for _ in range(5)))
    delivered = [
        entry for entry in await audit.events_of("notice", signed.id)
        if entry.action == "notice.deliver"
    ]  # fmt: skip
    assert len(delivered) == 1


async def test_whoever_looks_a_moment_later_delivers_nothing(province, monkeypatch):
    signed = await an_issued(province)
    read = store_notices.reached

    async def overtaken(actor, action, notice):
        row = await read(actor, action, notice)
        monkeypatch.setattr(store_notices, "reached", read)
        await notice_of(province, CHEN.actor, notice)
        return row

    monkeypatch.setattr(store_notices, "reached", overtaken)
    seen = await notice_of(province, CHEN.actor, signed.id)
    assert seen.state is NoticeState.DELIVERED
    actions = [entry.action for entry in await audit.events_of("notice", signed.id)]
    assert actions.count("notice.deliver") == 1


async def test_the_staffs_look_delivers_nothing(province):
    signed = await an_issued(province)
    detail = await notice_of(province, WANG.actor, signed.id)
    assert detail.state is NoticeState.ISSUED


async def test_the_store_signs_for_it_once(province, clock):
    signed = await an_issued(province)
    seen = await acknowledge_notice(province, CHEN.actor, signed.id)
    assert (seen.state, seen.acknowledged_by) == (NoticeState.ACKNOWLEDGED, "陈静")
    clock.go_on(hours=5)
    again = await acknowledge_notice(province, CHEN.actor, signed.id)
    assert again.acknowledged_at == seen.acknowledged_at
    assert (await notice_of(province, WANG.actor, signed.id)).delivered_at == signed.issued_at


async def test_another_store_finds_nothing(province):
    signed = await an_issued(province)
    for attempt in (notice_of, acknowledge_notice, notice_pdf):
        with pytest.raises(NotFound):
            await attempt(province, DENG.actor, signed.id)
    assert (await notice_list(province, DENG.actor)).rows == ()


async def test_an_inspector_reads_no_notices(province):
    signed = await an_issued(province)
    with pytest.raises(NotAllowed):
        await notice_of(province, LI.actor, signed.id)
    with pytest.raises(NotAllowed):
        await notice_list(province, LI.actor)


async def test_the_store_lists_its_own_notices_latest_first(province, clock):
    first = await an_issued(province)
    clock.go_on(days=2)
    again = await another_assignment(province, LI, CLUB, "again")
    second = await an_issued(province, "second", assignment=again)
    await an_issued(province, "third", store=HALL, losses=("KH-E-01",))
    rows = (await notice_list(province, CHEN.actor)).rows
    assert [row.number for row in rows] == [second.number, first.number]
    assert [(row.overdue, row.lines) for row in rows] == [(False, 2), (True, 2)]
