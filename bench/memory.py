"""What stays in memory under work, and how soon a server answers."""

from collections.abc import Sequence

import msgspec

from bench.accounting import cpu_of, largest, resident, tree
from bench.databases import SQLITE, Database, Databases
from bench.demo import demo_of, while_busy
from bench.fieldwork import PHOTOS, Field, errands_of, inspector_name, plan_field, visits_of
from bench.figures import median, number, table, within
from bench.phones import get_all, send_all, sign_in
from bench.serving import served, working
from bench.sizes import Sizes
from inspection.services.people.demo_sign_ins import DEMO_PASSWORD
from inspection.services.tools import Tools

GOAL_SERVER, GOAL_WORKER, GOAL_START = 150.0, 160.0, 1.5
PAGES = {
    "province": ["/ranking", "/ranking?format=csv", "/notices"],
    "reviewer": ["/visits"],
}
"""What people at desks look at all day, by who they are."""

PHOTOGRAPHED = 12
"""One in so many of the visits with photos of a whole run: cleaning photos takes its time."""


class Held(msgspec.Struct, frozen=True):
    """Megabytes in the largest process and in all of them, and how many there are."""

    rss: float = 0.0
    pss: float = 0.0
    processes: int = 0

    def or_more(self, other: "Held") -> "Held":
        """The larger figure of each kind."""
        return Held(
            max(self.rss, other.rss),
            max(self.pss, other.pss),
            max(self.processes, other.processes),
        )


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """Memory of server and worker, then start-up."""
    demo = demo_of(databases, sizes, "memory")
    rows = [
        *_server_rows(databases, sizes, demo),
        _at_work("worker, printing notices, peak", demo),
    ]
    columns = ("MB", "largest process, RSS", "all of them, PSS", "processes", "goal, RSS")
    note = "PSS counts what processes share once. The largest process is the one that works."
    return [
        table("Memory", columns, rows, note),
        _starts(demo, sizes),
    ]


def _server_rows(databases: Databases, sizes: Sizes, demo: Database) -> list[Sequence[str]]:
    with served(demo.settings) as server:
        rows = [_memory("server, just started", server.pid, GOAL_SERVER)]
        for name, paths in PAGES.items():
            get_all(sign_in(server.port, name, DEMO_PASSWORD), paths * sizes.pages)
        rows.append(_memory("server, after pages for desks", server.pid, GOAL_SERVER))
    rich = max(1, sizes.photo_visits // PHOTOGRAPHED)

    async def fill(tools: Tools) -> Field:
        count = sizes.visits + rich
        return await plan_field(
            tools, stores=sizes.demo_stores, inspectors=sizes.phones, visits=count
        )

    filled, field = databases.filled(SQLITE, "memory_field", fill)
    database = databases.onto_disk(filled)
    with served(database.settings) as server:
        names = [inspector_name(place) for place in range(sizes.phones)]
        sessions = {name: sign_in(server.port, name, DEMO_PASSWORD) for name in names}
        plain = visits_of(field, first=0, count=sizes.visits, photographed=False)
        send_all(server.port, errands_of(plain, sessions))
        rows.append(_memory(f"server, after {len(plain)} visits", server.pid, GOAL_SERVER))
        more = visits_of(field, first=sizes.visits, count=rich, photographed=True)
        send_all(server.port, errands_of(more, sessions))
        words = f"server, after {len(more) * PHOTOS} photos of 300 KB"
        rows.append(_memory(words, server.pid, GOAL_SERVER))
    rows.append(_at_work(f"worker, cleaning {len(more) * PHOTOS} photos, peak", database))
    return rows


def _at_work(name: str, database: Database) -> Sequence[str]:
    """The worker at its largest, until it has nothing left to do."""
    most = Held()
    with working(database.settings) as pid:
        for _ in while_busy(database):
            most = most.or_more(_held(pid))
    return _row(name, most, GOAL_WORKER)


def _memory(name: str, pid: int, goal: float) -> Sequence[str]:
    return _row(name, _held(pid), goal)


def _held(pid: int) -> Held:
    return Held(largest(pid), resident(pid), len(tree(pid)))


def _row(name: str, held: Held, goal: float) -> Sequence[str]:
    return (name, number(held.rss), number(held.pss), str(held.processes), within(held.rss, goal))


def _starts(demo: Database, sizes: Sizes) -> str:
    """From the command to the first 200, on a database with a province in it."""
    wall, cpu = [], []
    for _ in range(sizes.starts):
        with served(demo.settings) as server:
            wall.append(server.started_in)
            cpu.append(cpu_of(server.pid)())
    took = median(wall)
    row = ("inspection serve", number(took), number(median(cpu)), within(took, GOAL_START))
    columns = ("seconds", "to the first 200 on /healthz", "CPU", "goal")
    return table("Start-up", columns, [row], f"Median of {sizes.starts} starts.")
