"""A small demo province with its worker: downloads of printed notices, and memory at work."""

import sqlite3
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from bench.accounting import cpu_of, own_cpu, spending
from bench.databases import SQLITE, Database, Databases
from bench.figures import number, table, times
from bench.phones import get_all, sign_in
from bench.serving import served, working
from bench.sizes import Sizes
from inspection.cli.demo.demo_plan import DemoPlan
from inspection.cli.demo.province import build
from inspection.persistence.statements import run
from inspection.services.people.demo_sign_ins import DEMO_PASSWORD
from inspection.services.tools import Tools

SEED = 2010
PATIENCE = 180.0
LOOK_SECONDS = 0.1
SEVERAL = 12
_TOO_MANY = """DELETE FROM job WHERE kind LIKE '%.print' AND id NOT IN
 (SELECT id FROM job WHERE kind LIKE '%.print' ORDER BY kind <> 'notice.print', id LIMIT ?)"""


class Printed(msgspec.Struct, frozen=True):
    """A notice that has a PDF."""

    notice: str
    sha256: str


def demo_of(databases: Databases, sizes: Sizes, name: str) -> Database:
    """The demo province in SQLite."""
    counts = {"stores": sizes.demo_stores, "rounds": sizes.demo_rounds}
    plan = DemoPlan(**counts, seed=SEED, now=datetime.now(UTC))

    async def fill(tools: Tools) -> None:
        await build(tools, plan, lambda _: None)
        await run(_TOO_MANY, sizes.demo_prints)

    database, _ = databases.filled(SQLITE, name, fill)
    return databases.onto_disk(database)


def wait_for_prints(database: Database) -> list[Printed]:
    """What the worker has printed, once it has nothing left to do now."""
    for _ in while_busy(database):
        pass
    rows = _asked(database, "SELECT id, pdf_sha256 FROM notice WHERE pdf_sha256 IS NOT NULL")
    assert rows, "the demo has signed notices"
    return [Printed(*row) for row in rows]


def while_busy(database: Database) -> Iterator[None]:
    """Comes round every now and then until the worker has nothing left to do now."""
    ends = time.monotonic() + PATIENCE
    while _waiting(database):
        assert time.monotonic() < ends, "the worker does not get on"
        time.sleep(LOOK_SECONDS)
        yield


def download_costs(databases: Databases, sizes: Sizes) -> str:
    """A repeated download beside reading the file."""
    database = demo_of(databases, sizes, "downloads")
    with working(database.settings):
        printed = wait_for_prints(database)[:SEVERAL]
    with served(database.settings) as server:
        session = sign_in(server.port, "province", DEMO_PASSWORD)
        paths = [f"/notices/{each.notice}/notice.pdf" for each in printed] * sizes.pages
        sizes_of = [len(answer.body) for answer in get_all(session, paths[: len(printed)])]
        with spending(cpu_of(server.pid)) as http:
            get_all(session, paths)
    files = [database.folder / "blobs/copies" / e.sha256[:2] / e.sha256 for e in printed]
    assert [len(file.read_bytes()) for file in files] == sizes_of
    with spending(own_cpu) as bare:
        for file in files * sizes.pages:
            file.read_bytes()
    ours, floor = (spent.cpu * 1000 / len(paths) for spent in (http, bare))
    row = ("printed notice", number(ours), number(floor), times(ours, floor))
    columns = ("CPU ms a download", "over HTTP, session and all", "reading the file", "of it")
    note = f"{len(paths)} downloads of PDFs of {number(sum(sizes_of) / len(files) / 1024)} KB."
    return table("Repeated downloads", columns, [row], note)


def _waiting(database: Database) -> int:
    now = datetime.now(UTC).isoformat(sep=" ")
    sql = "SELECT count(*) FROM job WHERE state IN ('ready', 'running') AND run_after <= ?"
    return int(_asked(database, sql, now)[0][0])


def _asked(database: Database, sql: str, *values: str) -> list[tuple[str, ...]]:
    with sqlite3.connect(database.path) as connection:
        return connection.execute(sql, values).fetchall()
