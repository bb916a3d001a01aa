"""Submissions accepted: the real server over loopback HTTP, against bare transactions."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import msgspec

from bench.accounting import Counter, Spent, cpu_of, largest, own_cpu, spending
from bench.bare_rows import (
    BarePostgres,
    BareSQLite,
    Kept,
    kept_by_postgres,
    kept_by_sqlite,
    write_files,
)
from bench.databases import POSTGRES, SQLITE, WORDS, Database, Databases
from bench.fieldwork import Field, Visit, errands_of, inspector_name, plan_field, visits_of
from bench.figures import median, number, table, times, within
from bench.phones import SignedIn, send_all, sign_in
from bench.serving import Server, served
from bench.sizes import Sizes
from inspection.services.people.demo_sign_ins import DEMO_PASSWORD
from inspection.services.tools import Tools

WARM_UP = 5
"""Before measuring, one part in so many of a repetition is sent and forgotten."""

GOALS = {SQLITE: 1.2, POSTGRES: 3.0}
ODK_PHOTOS = 67.0
"""CPU ms of the cheapest system compared with, for a visit with four photos."""


class Contest(msgspec.Struct):
    """One engine: the server with its sessions, the bare writer, and what both took."""

    database: Database
    server: Server
    sessions: dict[str, SignedIn]
    cpu: Counter
    bare: BareSQLite | BarePostgres
    bare_cpu: tuple[Counter, ...]
    ours: list[Spent]
    floor: list[Spent]

    def accept(self, visits: Sequence[Visit]) -> Spent:
        """Send visits from all phones at once."""
        errands = errands_of(visits, self.sessions)
        with spending(self.cpu) as spent:
            sent = send_all(self.server.port, errands)
        assert sent == len(visits), (sent, len(visits))
        return spent

    def rewrite(self, visits: Sequence[Visit]) -> Spent:
        """Write the rows of those visits again, without the product."""
        kept = self._kept(visits)
        blobs = self.database.folder / "bare"
        blobs.mkdir(exist_ok=True)
        with spending(*self.bare_cpu) as spent:
            self.bare.write(kept)
            write_files(blobs, visits)
        return spent

    def _kept(self, visits: Sequence[Visit]) -> list[Kept]:
        read = kept_by_sqlite if self.database.engine == SQLITE else kept_by_postgres
        return read(self.database, visits)


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """Both tables: answers only, and with four photos."""
    return [
        _measured(databases, sizes, photographed=False),
        _measured(databases, sizes, photographed=True),
    ]


def _measured(databases: Databases, sizes: Sizes, *, photographed: bool) -> str:
    count = sizes.photo_visits if photographed else sizes.visits
    warm_up = max(sizes.phones, count // WARM_UP)
    name = "photos" if photographed else "visits"
    with ExitStack() as open_now:
        begun = [
            open_now.enter_context(
                _contest(databases, engine, name, sizes, warm_up + sizes.repeats * count)
            )
            for engine in databases.engines
        ]
        # Every engine has the same field: seeds make it.
        field, contests = begun[0][0], [contest for _, contest in begun]
        warm = visits_of(field, first=0, count=warm_up, photographed=photographed)
        for contest in contests:
            contest.accept(warm)
            contest.rewrite(warm)
        for turn in range(sizes.repeats):
            first = warm_up + turn * count
            visits = visits_of(field, first=first, count=count, photographed=photographed)
            for contest in contests:
                contest.ours.append(contest.accept(visits))
                contest.floor.append(contest.rewrite(visits))
        return _shown(contests, sizes, count, photographed=photographed)


@contextmanager
def _contest(
    databases: Databases, engine: str, name: str, sizes: Sizes, visits: int
) -> Iterator[tuple[Field, Contest]]:
    """A filled database with the server on it, and a copy of it for the bare writer."""

    async def fill(tools: Tools) -> Field:
        return await plan_field(
            tools, stores=sizes.visited_stores, inspectors=sizes.phones, visits=visits
        )

    filled, field = databases.filled(engine, name, fill)
    copy = databases.copied(filled, f"{name}_bare")
    database = databases.onto_disk(filled)
    bare: BareSQLite | BarePostgres = (
        BareSQLite(copy) if engine == SQLITE else BarePostgres(copy, sizes.phones)
    )
    database_pids = databases.server_pids(engine)
    with served(database.settings) as server:
        names = [inspector_name(place) for place in range(sizes.phones)]
        yield (
            field,
            Contest(
                database=database,
                server=server,
                sessions={n: sign_in(server.port, n, DEMO_PASSWORD) for n in names},
                cpu=cpu_of(server.pid, *database_pids),
                bare=bare,
                bare_cpu=(own_cpu, cpu_of(*database_pids)),
                ours=[],
                floor=[],
            ),
        )
    bare.close()


COLUMNS = ("", "visits/s", "CPU ms a visit", "times the floor", "goal, CPU ms", "server RSS, MB")


def _shown(contests: Sequence[Contest], sizes: Sizes, count: int, *, photographed: bool) -> str:
    rows = []
    for contest in contests:
        word = WORDS[contest.database.engine]
        ours, floor = _cost(contest.ours, count), _cost(contest.floor, count)
        goal = ODK_PHOTOS / 4 if photographed else GOALS[contest.database.engine]
        memory = number(largest(contest.server.pid))
        speed = number(_speed(contest.ours, count))
        rows.append(
            (f"{word}, server", speed, number(ours), times(ours, floor), within(ours, goal), memory)
        )
        bare = (
            f"{word}, bare {'rows and files' if photographed else 'transaction of the same rows'}"
        )
        rows.append((bare, number(_speed(contest.floor, count)), number(floor), "1x", "", ""))
    what = "Visits with four photos of 300 KB" if photographed else "Visits"
    note = (
        f"{sizes.phones} keep-alive phones over loopback, {count} visits in a turn, "
        f"median of {sizes.repeats} turns taken in rotation. CPU is server and database; "
        "the phones' own is left out."
    )
    return table(f"{what}: accepted, durable, with receipt", COLUMNS, rows, note)


def _cost(spent: Sequence[Spent], count: int) -> float:
    return median(each.cpu for each in spent) * 1000 / count


def _speed(spent: Sequence[Spent], count: int) -> float:
    return count / median(each.wall for each in spent)
