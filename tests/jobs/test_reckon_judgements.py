"""The job that keeps what inspectors took off."""

from inspection.jobs import reckon_judgements
from inspection.jobs.kinds import KINDS
from inspection.persistence.statements import run
from tests.makers import a_province, some_tools
from tests.rankable import Result, published


async def test_it_leaves_nothing_that_is_out_of_date(database, tmp_path):
    tools = some_tools(tmp_path)
    await a_province(tools)
    await published(tools, Result(store="a", total=9500, items={"KC-F-01": 300}))
    (kind,) = [kind for kind in KINDS if kind.name == reckon_judgements.KIND]
    await kind.run(type("Bench", (), {"tools": tools})(), None)
    (row,) = await run("SELECT judged FROM round_tally")
    assert '["KC-F-01",1,300,300]' in row["judged"]
    tools.passwords.close()
