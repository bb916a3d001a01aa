"""Workers sign notices side by side and are killed in the midst of it: every number is drawn once,
borne by one notice, and none lacks.
"""

import asyncio
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from inspection.persistence.audit import audit
from inspection.persistence.engine import close_database, open_database
from inspection.persistence.statements import run, run_many
from inspection.services.notices.notice_register import proof_of
from inspection.services.notices.notices import submit_notice
from tests.cast import SUN
from tests.faults import figures
from tests.faults.product import ROOT
from tests.faults.signing_worker import SIGNERS
from tests.faults.sizes import sized
from tests.makers import a_province, some_tools
from tests.reviewing import a_draft

NOTICES = sized(short=60, full=10_000)
WORKERS = sized(short=4, full=20)
KILLS = sized(short=4, full=60)

pytestmark = pytest.mark.timeout(sized(short=240, full=7200))


async def waiting_notices(folder: Path) -> None:
    """So many checked notices, copies of one that came about as they do."""
    tools = some_tools(folder)
    await a_province(tools)
    notice = await a_draft(tools)
    await submit_notice(tools, SUN.actor, notice)
    (row,) = await run("SELECT * FROM notice")
    lines = await run("SELECT * FROM notice_line")
    rows = [row | {"id": f"{n:032x}", "verify_token": f"{n:064x}"} for n in range(1, NOTICES)]
    await run_many(_insertion("notice", row), [tuple(each.values()) for each in rows])
    copies = [
        line | {"id": f"{n}-{line['number']}", "notice": f"{n:032x}"}
        for n in range(1, NOTICES)
        for line in lines
    ]
    await run_many(_insertion("notice_line", lines[0]), [tuple(each.values()) for each in copies])
    tools.passwords.close()


def _insertion(table: str, row: dict[str, object]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"


class Office:
    """The workers, started again as often as they are killed."""

    def __init__(self, url: str, folder: Path, random: Random) -> None:
        self._url, self._folder, self._random = url, folder, random
        self.kills = 0
        self._workers = [self._start(place) for place in range(WORKERS)]

    async def sign_everything(self) -> None:
        """Kill one after another while there is something to sign; then let them finish."""
        while self.kills < KILLS and (left := await self._left()):
            if NOTICES - left >= NOTICES * self.kills / (KILLS + 1):
                self._kill()
            await asyncio.sleep(self._random.uniform(0.02, 0.2))
        while await self._left():
            self._mend()
            await asyncio.sleep(0.5)

    def close(self) -> None:
        """Nobody is left."""
        for worker in self._workers:
            worker.kill()
            worker.wait()

    def _kill(self) -> None:
        place = self._random.randrange(WORKERS)
        self._workers[place].kill()
        self._workers[place].wait()
        self._workers[place] = self._start(place)
        self.kills += 1

    def _mend(self) -> None:
        for place, worker in enumerate(self._workers):
            if worker.poll():
                self._workers[place] = self._start(place)

    async def _left(self) -> int:
        rows = await run("SELECT count(*) AS n FROM notice WHERE state = 'pending_signoff'")
        return int(rows[0]["n"])

    def _start(self, place: int) -> subprocess.Popen[bytes]:
        who = sorted(SIGNERS)[place % len(SIGNERS)]
        words = (self._url, str(self._folder), who, str(place), str(WORKERS))
        program = (sys.executable, "-m", "tests.faults.signing_worker", *words)
        with (self._folder / "workers.log").open("ab") as log:
            return subprocess.Popen(program, cwd=ROOT, stdout=log, stderr=log)


async def test_no_number_is_lost_or_drawn_twice(engine, database_url, folder, random):
    await open_database(database_url, pool_min=1, pool_max=2)
    try:
        await waiting_notices(folder)
        began = time.monotonic()
        office = Office(database_url, folder, random)
        try:
            await office.sign_everything()
        finally:
            office.close()
        await everything_is_in_order()
    finally:
        await close_database()
    figures.note(
        f"numbers, {engine}",
        notices=NOTICES,
        workers=WORKERS,
        kills=office.kills,
        seconds=f"{time.monotonic() - began:.0f}",
        duplicates=0,
        gaps=0,
    )


async def everything_is_in_order() -> None:
    """Each notice bears one number, each number is one notice's, the log and the jobs agree."""
    issued = await run("SELECT id, number FROM notice WHERE state = 'issued'")
    assert len(issued) == NOTICES
    assert len({row["number"] for row in issued}) == NOTICES
    drawn = await run("SELECT counter, n, number, noun_id FROM drawn_number ORDER BY n")
    assert [row["n"] for row in drawn] == list(range(1, NOTICES + 1))
    assert {(row["noun_id"], row["number"]) for row in drawn} == {
        (row["id"], row["number"]) for row in issued
    }
    proof = await proof_of(str(drawn[0]["counter"]))
    assert (proof.is_whole, proof.last) == (True, NOTICES)
    signed = await run("SELECT count(*) AS n FROM audit_event WHERE action = 'notice.sign'")
    printing = await run("SELECT count(*) AS n FROM job WHERE kind = 'notice.print'")
    assert (signed[0]["n"], printing[0]["n"]) == (NOTICES, NOTICES)
    assert (await audit.verify_chain()).intact
