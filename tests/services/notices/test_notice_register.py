"""The register: every number in its order, what became of it, and the proof that none lacks."""

import asyncio
from datetime import timedelta

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.notices.notice_number import PaperKind
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound, NoticeNotReady
from inspection.domain.refusals.notices import NoticeReasonMissing
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.notices.notice_amending import amend
from inspection.services.notices.notice_prints import keep_void_print, void_order, void_pdf
from inspection.services.notices.notice_register import proof_of, register_export, register_page
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.notices.notices import notice_of
from inspection.services.notices.numbering import draw_number, issuer_of
from inspection.wording import Language
from tests.amending import card_says
from tests.cast import CHEN, CLUB, GUO, LI, SUN, WANG, ZHAO
from tests.reviewing import a_draft, an_issued, another_assignment, visit_id

COUNTER = "甘移服整|notice|2026"
ALL = ListAsked()


async def two_issued(tools):
    first = await an_issued(tools)
    assignment = await another_assignment(tools, LI, CLUB, "second")
    return first, await an_issued(tools, "second", assignment=assignment)


async def test_every_number_has_a_line_with_what_became_of_it(province):
    first, second = await two_issued(province)
    await void_notice(province, WANG.actor, first.id, "重复签发")
    await card_says(visit_id("second"), KC_M_01=100)
    async with tx():
        third = await amend(province, GUO.actor, second.id, "申诉成立")
    found = await register_page(WANG.actor, "", ListAsked(sort="n"))
    assert [row.n for row in found.page.rows] == [1, 2, 3]
    assert [row.state for row in found.page.rows] == ["void", "superseded", "issued"]
    assert [row.reason for row in found.page.rows] == ["重复签发", "申诉成立", ""]
    assert found.page.rows[1].replaced_by_number == third.number
    assert found.page.rows[2].replaces_number == second.number
    assert (found.chosen.mark, found.chosen.kind, found.chosen.year) == (
        "甘移服整",
        "notice",
        "2026",
    )
    assert (found.proof.is_whole, found.proof.last) == (True, 3)
    assert found.is_part
    assert not (await register_page(GUO.actor, "", ListAsked())).is_part


async def test_a_missing_number_is_named_one_too_many_and_one_astray_are_counted(province):
    await two_issued(province)
    await run("UPDATE drawn_number SET n = 7 WHERE n = 1")
    proof = await proof_of(COUNTER)
    assert (proof.missing, proof.beyond, proof.named, proof.is_whole) == ((1,), 1, (1,), False)
    await run("UPDATE drawn_number SET n = 1 WHERE n = 7")
    assert (await proof_of(COUNTER)).is_whole
    await run("UPDATE drawn_number SET noun_id = 'nobody' WHERE n = 2")
    assert (await proof_of(COUNTER)).astray == 1


async def test_other_papers_are_counted_apart_and_look_different(province):
    issued = await an_issued(province)
    body = await issuer_of(province, "/620000/")
    async with tx():
        number = await draw_number(
            body, PaperKind.EXTENSION, "x", "/620000/620100/", province.now()
        )
    assert number == "甘移服整延〔2026〕1号"
    found = await register_page(WANG.actor, COUNTER, ALL)
    assert {label.kind for label in found.counters} == {"notice", "extension"}
    assert [row.number for row in found.page.rows] == [issued.number]
    other = await register_page(WANG.actor, "甘移服整|extension|2026", ALL)
    assert [(row.number, row.state) for row in other.page.rows] == [(number, "")]


async def test_a_branch_sees_its_own_numbers_and_stores_none(province):
    await an_issued(province)
    assert (await register_page(ZHAO.actor, "", ALL)).counters == ()
    with pytest.raises(NotFound):
        await register_page(ZHAO.actor, COUNTER, ALL)
    for person in (CHEN, SUN):
        with pytest.raises(NotAllowed):
            await register_page(person.actor, "", ALL)


async def test_the_register_is_exported_whole(province):
    first, _ = await two_issued(province)
    export = register_export(GUO.actor, "", ListAsked(sort="n"), Language.ZH)
    rows = [row async for page in export.pages for row in page]
    assert [row[1] for row in rows] == [1, 2]
    assert rows[0][0] == first.number
    with pytest.raises(NotFound):
        _ = [page async for page in register_export(ZHAO.actor, "", ALL, Language.ZH).pages]
    with pytest.raises(NotFound):
        _ = [page async for page in register_export(GUO.actor, "x", ALL, Language.ZH).pages]


async def test_a_void_notice_keeps_its_number_and_gets_an_edition_that_says_so(province, clock):
    issued = await an_issued(province)
    with pytest.raises(NotFound):
        await void_pdf(province, WANG.actor, issued.id)
    assert await void_order(province, issued.id) is None
    await void_notice(province, WANG.actor, issued.id, "门店名称有误")
    waiting = await jobs.claim(clock(), timedelta(minutes=1), ("notice.print",), 10)
    assert [job.payload for job in waiting][1:] == [f'{{"notice":"{issued.id}","void":true}}']
    order = await void_order(province, issued.id)
    assert (order.voided_on, order.void_reason) == ("2026年11月18日", "门店名称有误")
    with pytest.raises(NoticeNotReady):
        await void_pdf(province, WANG.actor, issued.id)
    await keep_void_print(province, issued.id, b"%PDF void", "b" * 64)
    got = await void_pdf(province, CHEN.actor, issued.id)
    assert (got.content, got.file_name) == (b"%PDF void", f"{issued.number}-作废.pdf")
    assert await void_order(province, issued.id) is None
    detail = await notice_of(province, WANG.actor, issued.id)
    assert (detail.state, detail.number, detail.end_reason) == (
        NoticeState.VOID,
        issued.number,
        "门店名称有误",
    )


async def test_voiding_needs_a_reason_a_number_and_the_right(province):
    draft = await a_draft(province)
    with pytest.raises(MoveRefused):
        await void_notice(province, WANG.actor, draft, "不要了")
    assignment = await another_assignment(province, LI, CLUB, "second")
    issued = await an_issued(province, "second", assignment=assignment)
    with pytest.raises(NoticeReasonMissing):
        await void_notice(province, WANG.actor, issued.id, " ")
    with pytest.raises(NotAllowed):
        await void_notice(province, SUN.actor, issued.id, "x")
    with pytest.raises(NotFound):
        await void_notice(province, ZHAO.actor, issued.id, "x")


async def test_of_two_who_void_at_once_one_does_it(province):
    issued = await an_issued(province)
    both = await asyncio.gather(
        void_notice(province, WANG.actor, issued.id, "一"),
        void_notice(province, GUO.actor, issued.id, "二"),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in both) == ["MoveRefused", "NoneType"]
