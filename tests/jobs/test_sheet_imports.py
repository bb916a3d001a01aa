"""The jobs of an import: judged, written, given up."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from inspection.domain.access import Role
from inspection.domain.imports.sheet_import import Duplicates, ImportState
from inspection.jobs import sheet_imports
from inspection.jobs.bench import Bench
from inspection.jobs.kinds import KINDS
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.job_progress import progress_of
from inspection.persistence.org import org
from inspection.services.imports import imports
from inspection.services.imports.imports import SentFile
from inspection.services.tools import Tools
from tests.cast import GUO, PROVINCE, Person
from tests.importing import NEW, STORES, detail, sheet
from tests.makers import a_province, an_account, some_tools

RUNS = {kind.name: kind.run for kind in KINDS}


@pytest.fixture
def tools(tmp_path) -> Iterator[Tools]:
    tools = some_tools(tmp_path)
    yield tools
    tools.passwords.close()


@pytest.fixture
async def sent(database, tools) -> str:
    await a_province(tools)
    return await imports.receive_import(tools, GUO.actor, STORES, SentFile("a.xlsx", sheet(NEW)))


async def claimed(tools, kind):
    (job,) = await jobs.claim(tools.now(), timedelta(minutes=1), (kind,), 1)
    return job


async def test_a_file_is_judged_and_written_and_says_how_far_it_is(tools, sent):
    job = await claimed(tools, sheet_imports.CHECK)
    await RUNS[sheet_imports.CHECK](Bench(tools, None), job)
    assert (await progress_of(job.key)).percent == 100
    await imports.order_writing(tools, GUO.actor, sent, Duplicates.SKIP, only_right=False)
    job = await claimed(tools, sheet_imports.WRITE)
    await RUNS[sheet_imports.WRITE](Bench(tools, None), job)
    assert "N-1" in await org.stores_by_code()


async def test_a_file_nobody_could_judge_is_refused(tools, sent):
    job = await claimed(tools, sheet_imports.CHECK)
    async with tx():
        await sheet_imports.give_up(job)
    assert (await detail(tools, sent)).found.state is ImportState.REFUSED


async def test_rows_are_written_in_the_name_of_who_ordered_them(tools, sent):
    await RUNS[sheet_imports.CHECK](Bench(tools, None), await claimed(tools, sheet_imports.CHECK))
    xu = Person(sign_in="xu", name="许静", role=Role.ADMINISTRATOR, region=PROVINCE)
    await an_account(tools, xu)
    await imports.order_writing(tools, xu.actor, sent, Duplicates.SKIP, only_right=False)
    await RUNS[sheet_imports.WRITE](Bench(tools, None), await claimed(tools, sheet_imports.WRITE))
    assert (await audit.events_of("import", sent))[-1].actor == xu.account
