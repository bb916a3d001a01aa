"""Preparing a notice: what the staff sees, what may change, who may change it."""

import msgspec
import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import (
    BodyRefused,
    NotAllowed,
    NotFound,
)
from inspection.persistence.audit import audit
from inspection.services.notices.notice_results import LineEdit, NoticeDetail
from inspection.services.notices.notices import (
    acknowledge_notice,
    edit_notice,
    notice_list,
    notice_of,
    notice_pdf,
    sign_notice,
    submit_notice,
)
from tests.cast import (
    CHEN,
    LI,
    SUN,
    WANG,
    ZHAO,
)
from tests.receiving import rows_of
from tests.reviewing import (
    a_draft,
)

EDIT = LineEdit(
    number=1,
    problem="门前堆放纸箱两处",
    requirement="清理门前区域，每日巡扫并记录",
    responsible="陈静",
    hours=48,
)


async def test_the_staff_sees_a_draft_with_all_it_needs(province):
    notice = await a_draft(province)
    detail = await notice_of(province, WANG.actor, notice)
    assert isinstance(detail, NoticeDetail)
    assert (detail.state, detail.number, detail.pdf) == (NoticeState.DRAFT, None, "none")
    assert (detail.score, detail.lost, len(detail.lines)) == (9800, 200, 2)
    assert (detail.can_edit, detail.can_submit, detail.can_sign) == (True, True, False)
    assert (detail.visited.zh, detail.visited.en) == ("2026年第47周", "week 47 of 2026")
    assert detail.lines[0].title.zh
    assert detail.lines[0].offered == (12, 24, 48, 72, 168, 360)
    assert (detail.drafted_by, detail.verify_url, detail.check) == ("孙蕾", "", "")
    assert [event.action for event in detail.trail] == ["notice.draft"]


async def test_the_visit_behind_a_notice_is_told_to_quality_control_only(province):
    notice = await a_draft(province)
    (told,) = (await notice_of(province, SUN.actor, notice)).trail
    (kept,) = (await notice_of(province, WANG.actor, notice)).trail
    assert told.facts.keys() - kept.facts.keys() == {"visit", "attempt"}


async def test_a_reviewer_may_prepare_but_not_sign(province):
    notice = await a_draft(province)
    await submit_notice(province, SUN.actor, notice)
    detail = await notice_of(province, SUN.actor, notice)
    assert (detail.can_edit, detail.can_send_back, detail.can_sign) == (False, True, False)
    with pytest.raises(NotAllowed):
        await sign_notice(province, SUN.actor, notice)


async def test_a_draft_does_not_exist_for_the_store(province):
    notice = await a_draft(province)
    with pytest.raises(NotFound):
        await notice_of(province, CHEN.actor, notice)
    with pytest.raises(NotFound):
        await acknowledge_notice(province, CHEN.actor, notice)
    assert (await notice_list(province, CHEN.actor)).rows == ()


async def test_wording_hours_and_responsible_change_points_do_not(province):
    notice = await a_draft(province)
    before = await rows_of("notice_line", "number")
    await edit_notice(province, WANG.actor, notice, (EDIT,), ("请立即整改。",))
    after = await rows_of("notice_line", "number")
    assert (after[0]["problem"], after[0]["hours"], after[0]["responsible"]) == (
        EDIT.problem,
        48,
        "陈静",
    )
    kept = ("item", "section", "severity", "lost", "photos", "number")
    assert [[row[k] for k in kept] for row in after] == [[row[k] for k in kept] for row in before]
    assert after[1] == before[1]
    detail = await notice_of(province, WANG.actor, notice)
    assert detail.demands == ("请立即整改。",)


async def test_an_edit_is_recorded_with_old_and_new(province):
    notice = await a_draft(province)
    await edit_notice(province, WANG.actor, notice, (EDIT,))
    entry = (await audit.events_of("notice", notice))[-1]
    changes = msgspec.json.decode(entry.body)["changes"]
    assert (entry.action, entry.actor) == ("notice.edit", WANG.account)
    assert {"line": 1, "field": "hours", "old": 24, "new": 48} in changes


async def test_an_edit_that_changes_nothing_leaves_no_trace(province):
    notice = await a_draft(province)
    (line, _) = await rows_of("notice_line", "number")
    same = LineEdit(
        number=1, problem=line["problem"], requirement=line["requirement"], hours=line["hours"]
    )
    await edit_notice(province, WANG.actor, notice, (same,))
    assert len(await audit.events_of("notice", notice)) == 1


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"number": 9}, "/lines/0/number", "notice.no_such_line"),
        ({"hours": 36}, "/lines/0/hours", "notice.hours_not_offered"),
        ({"problem": " \u200e "}, "/lines/0/problem", "notice.text_missing"),
        ({"requirement": ""}, "/lines/0/requirement", "notice.text_missing"),
        ({"problem": "长" * 501}, "/lines/0/problem", "notice.text_too_long"),
        ({"responsible": "长" * 121}, "/lines/0/responsible", "notice.text_too_long"),
        ({"requirement": "\ud800"}, "/lines/0/requirement", "text.unprintable"),
    ],
)
async def test_a_wrong_line_is_refused_with_its_place(province, changes, pointer, code):
    notice = await a_draft(province)
    before = await rows_of("notice_line", "number")
    wrong = msgspec.structs.replace(EDIT, **changes)
    with pytest.raises(BodyRefused) as refused:
        await edit_notice(province, WANG.actor, notice, (wrong,))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [(pointer, code)]
    assert await rows_of("notice_line", "number") == before


async def test_the_same_line_twice_is_refused(province):
    notice = await a_draft(province)
    with pytest.raises(BodyRefused) as refused:
        await edit_notice(province, WANG.actor, notice, (EDIT, EDIT))
    assert [fault.pointer for fault in refused.value.faults] == ["/lines/1/number"]


@pytest.mark.parametrize(
    ("demands", "pointer"),
    [(("",), "/demands/0"), ((), "/demands"), (("整改。",) * 9, "/demands")],
)
async def test_demands_have_their_limits(province, demands, pointer):
    notice = await a_draft(province)
    with pytest.raises(BodyRefused) as refused:
        await edit_notice(province, WANG.actor, notice, (), demands)
    assert [fault.pointer for fault in refused.value.faults] == [pointer]


@pytest.mark.parametrize("person", [LI, CHEN])
async def test_only_the_staff_edits(province, person):
    notice = await a_draft(province)
    with pytest.raises(NotAllowed):
        await edit_notice(province, person.actor, notice, (EDIT,))


@pytest.mark.parametrize("action", [sign_notice, notice_of, notice_pdf])
async def test_a_manager_of_another_branch_finds_nothing(province, action):
    notice = await a_draft(province)
    with pytest.raises(NotFound):
        await action(province, ZHAO.actor, notice)


async def test_a_notice_nobody_wrote_is_missing(province):
    with pytest.raises(NotFound):
        await notice_of(province, WANG.actor, "0" * 32)
