"""The hours of a line run around the clock or in working time: chosen before sign-off, printed."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.domain.working_time import add_working_hours
from inspection.persistence.notices.notices import lines_of
from inspection.persistence.statements import run
from inspection.services.notices.notice_results import LineEdit
from inspection.services.notices.notices import edit_notice, notice_of
from inspection.services.rectifications.rectification_details import line_detail
from inspection.services.tools import Issuer
from tests.cast import SUN, WANG
from tests.rectifying import issued_lines
from tests.reviewing import a_draft, sign, snapshot_of

EDIT = LineEdit(
    number=1, problem="门前堆放纸箱", requirement="清理", hours=24, hours_kind="working"
)


async def test_working_hours_are_chosen_in_the_draft_and_printed(province):
    notice = await a_draft(province)
    await edit_notice(province, SUN.actor, notice, (EDIT,))
    detail = await notice_of(province, WANG.actor, notice)
    assert [line.hours_kind for line in detail.lines] == ["working", "calendar"]
    await sign(province, notice, WANG)
    first, second = (await snapshot_of(notice)).lines
    issued_at = (await snapshot_of(notice)).issued_at
    assert first.due_at == add_working_hours(issued_at, 24, province.calendar)
    assert second.due_at == issued_at + timedelta(hours=24)
    assert (first.allowed, second.allowed) == ("24 个工作小时", "24 小时")
    assert (await lines_of(notice))[0].due_at == first.due_at


@pytest.mark.parametrize("kind", ["calendar", "working"])
async def test_a_new_line_has_the_kind_of_its_issuer(province, kind):
    issuer = Issuer(province.issuer.name, province.issuer.mark, kind)
    notice = await a_draft(msgspec.structs.replace(province, issuer=issuer))
    assert {line.hours_kind for line in await lines_of(notice)} == {kind}


@pytest.mark.parametrize(("said", "house"), [("working", "calendar"), ("calendar", "working")])
async def test_a_round_says_otherwise_than_the_house(province, said, house):
    await run("UPDATE round SET hours_kind = ?", said)
    issuer = Issuer(province.issuer.name, province.issuer.mark, house)
    notice = await a_draft(msgspec.structs.replace(province, issuer=issuer))
    assert {line.hours_kind for line in await lines_of(notice)} == {said}


async def test_a_year_nobody_published_is_named(province, clock):
    year = max(province.calendar.years) + 1
    clock.time = datetime(year - 1, 12, 31, 6, 0, tzinfo=UTC)
    line, other = await issued_lines(province)
    await run("UPDATE notice_line SET hours_kind = 'working' WHERE id = ?", line.id)
    assert (await line_detail(province, WANG.actor, line.id)).unpublished == (year,)
    assert (await line_detail(province, WANG.actor, other.id)).unpublished == ()
