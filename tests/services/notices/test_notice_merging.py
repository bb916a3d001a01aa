"""Lines of a draft merged, split and moved: nothing of what they are about is lost."""

import pytest

from inspection.domain.notices.notice_part import LinesTooFew, LinesUnlike
from inspection.domain.refusals import BodyRefused, DraftChanged, MoveRefused, NotAllowed
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.notices.notices import lines_of
from inspection.services.notices.notice_amending import amend
from inspection.services.notices.notice_merging import merge_lines, raise_line, split_line
from inspection.services.notices.notice_results import LineEdit
from inspection.services.notices.notices import edit_notice, notice_of, submit_notice
from tests.amending import card_says
from tests.cast import CHEN, GUO, SUN, WANG
from tests.reviewing import a_draft, send_photo, sign, snapshot_of, visit_id
from tests.submissions import a_photo

ALIKE = ("KC-E-01", "KC-E-02", "KC-M-01")


async def a_draft_of_three(tools):
    photo = a_photo()
    await send_photo(tools, photo)
    return await a_draft(tools, losses=ALIKE, pictures=(photo,))


async def test_a_merged_line_has_every_item_point_and_photo(province):
    notice = await a_draft_of_three(province)
    before = await lines_of(notice)
    await merge_lines(province, SUN.actor, notice, (1, 2))
    merged, other = await lines_of(notice)
    assert merged.items() == ("KC-E-01", "KC-E-02")
    assert merged.lost == before[0].lost + before[1].lost
    assert merged.photos == before[0].photos
    assert before[0].problem in merged.problem
    assert (other.number, other.item) == (2, "KC-M-01")
    detail = await notice_of(province, WANG.actor, notice)
    assert [item.code for item in detail.lines[0].others] == ["KC-E-02"]
    assert detail.drafted_by == SUN.name


async def test_split_again_the_lines_are_what_they_were(province):
    notice = await a_draft_of_three(province)
    before = await lines_of(notice)
    await merge_lines(province, SUN.actor, notice, (1, 2))
    await split_line(province, SUN.actor, notice, 1)
    again = await lines_of(notice)
    facts = ("number", "item", "section", "severity", "lost", "problem", "requirement", "hours")
    assert [[getattr(line, f) for f in (*facts, "photos", "parts")] for line in again] == [
        [getattr(line, f) for f in (*facts, "photos", "parts")] for line in before
    ]
    assert len({line.id for line in again}) == 3
    actions = [entry.action for entry in await audit.events_of("notice", notice)]
    assert actions == ["notice.draft", "notice.merge", "notice.split"]


async def test_three_lines_merged_in_two_steps_are_one(province):
    notice = await a_draft(province, losses=("KC-E-01", "KC-E-02", "KC-E-03"))
    await merge_lines(province, SUN.actor, notice, (1, 2))
    await merge_lines(province, SUN.actor, notice, (1, 2))
    (line,) = await lines_of(notice)
    assert line.items() == ("KC-E-01", "KC-E-02", "KC-E-03")


async def test_a_merged_line_is_reworded_signed_and_printed_as_one(province):
    notice = await a_draft_of_three(province)
    await merge_lines(province, SUN.actor, notice, (1, 2))
    said = LineEdit(number=1, problem="门前脏乱", requirement="清扫", hours=48)
    await edit_notice(province, SUN.actor, notice, (said,))
    await sign(province, notice)
    snapshot = await snapshot_of(notice)
    assert [line.item for line in snapshot.lines] == ["KC-E-01、KC-E-02", "KC-M-01"]
    assert (snapshot.lines[0].problem, snapshot.lines[0].hours) == ("门前脏乱", 48)
    assert (await notice_of(province, WANG.actor, notice)).score_now is None


async def test_an_item_that_costs_nothing_any_more_leaves_its_merged_line(province):
    notice = await a_draft_of_three(province)
    before = await lines_of(notice)
    await merge_lines(province, SUN.actor, notice, (1, 2))
    await sign(province, notice)
    await card_says(visit_id("first"), KC_E_02=100, KC_M_01=100)
    async with tx():
        new = await amend(province, GUO.actor, notice, "申诉成立")
    line, _ = await lines_of(new.notice)
    assert (line.items(), line.problem) == (("KC-E-02",), before[1].problem)


async def test_a_line_moves_up_and_the_first_stays(province):
    notice = await a_draft_of_three(province)
    await raise_line(province, SUN.actor, notice, 3)
    assert [line.item for line in await lines_of(notice)] == ["KC-E-01", "KC-M-01", "KC-E-02"]
    await raise_line(province, SUN.actor, notice, 1)
    assert [line.number for line in await lines_of(notice)] == [1, 2, 3]
    assert (await audit.events_of("notice", notice))[-1].action == "notice.reorder"


async def test_what_is_no_one_piece_of_work_is_refused_and_changes_nothing(province):
    notice = await a_draft_of_three(province)
    before = await lines_of(notice)
    for refusal, change in (
        (LinesUnlike, merge_lines(province, SUN.actor, notice, (1, 3))),
        (LinesTooFew, merge_lines(province, SUN.actor, notice, (1,))),
        (LinesTooFew, split_line(province, SUN.actor, notice, 1)),
        (BodyRefused, split_line(province, SUN.actor, notice, 9)),
        (DraftChanged, merge_lines(province, SUN.actor, notice, (1, 2), "another")),
        (NotAllowed, merge_lines(province, CHEN.actor, notice, (1, 2))),
    ):
        with pytest.raises(refusal):
            await change
    with pytest.raises(LinesTooFew):
        await merge_lines(province, SUN.actor, notice, ())
    assert await lines_of(notice) == before
    await submit_notice(province, SUN.actor, notice)
    with pytest.raises(MoveRefused):
        await raise_line(province, SUN.actor, notice, 2)
