"""The daily job that drafts what schedules ask for."""

from inspection.jobs import make_rounds
from inspection.jobs.kinds import KINDS
from inspection.persistence.rounds import round_rows
from tests.makers import a_province, some_tools
from tests.rounding import a_schedule


def test_it_is_work_of_the_day():
    assert make_rounds.KIND in {kind.name for kind in KINDS if kind.daily}


async def test_it_drafts_what_is_due(database, tmp_path):
    tools = some_tools(tmp_path)
    await a_province(tools)
    await a_schedule(tools)
    (kind,) = [kind for kind in KINDS if kind.name == make_rounds.KIND]
    await kind.run(type("Bench", (), {"tools": tools})(), None)
    assert await round_rows.find_round("KC-2026-12") is not None
    tools.passwords.close()
