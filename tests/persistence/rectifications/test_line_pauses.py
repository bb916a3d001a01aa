"""Pauses are kept per line, ended by what caused them."""

from datetime import timedelta

import pytest

from inspection.domain.rectifications.pause import Pause
from inspection.persistence.rectifications.line_pauses import (
    LinePauseRow,
    begin_pause,
    end_pauses,
    pauses_of,
)
from inspection.persistence.statements import run
from tests.makers import START, a_province, some_tools
from tests.reviewing import an_issued


@pytest.fixture
async def lines(database, tmp_path):
    tools = some_tools(tmp_path)
    await a_province(tools)
    notice = await an_issued(tools)
    rows = await run("SELECT id FROM notice_line WHERE notice = ? ORDER BY number", notice.id)
    yield [row["id"] for row in rows]
    tools.passwords.close()


async def test_a_pause_lasts_until_its_cause_is_over(lines):
    later = START + timedelta(hours=5)
    await begin_pause(LinePauseRow(id="p-1", line=lines[0], since=START, cause="a-1"))
    await begin_pause(LinePauseRow(id="p-2", line=lines[1], since=START, cause="a-2"))
    assert await end_pauses("a-1", later) == (lines[0],)
    assert await end_pauses("a-1", later) == ()
    assert await pauses_of(lines) == {
        lines[0]: (Pause(START, later),),
        lines[1]: (Pause(START, None),),
    }


async def test_no_lines_have_no_pauses(lines):
    assert await pauses_of([]) == {}
    assert await pauses_of(lines) == {}
