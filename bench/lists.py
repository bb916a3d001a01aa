"""Every list of the desk as a browser gets it, at as many rows as a province has stores."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from urllib.parse import quote

import msgspec

from bench.accounting import cpu_of, spending
from bench.backlog import add_backlog
from bench.databases import WORDS, Database, Databases
from bench.figures import number, table, within
from bench.history import Province, SortedIds, add_rounds, found_province
from bench.phones import SignedIn, get_all, sign_in
from bench.serving import served
from bench.sizes import Sizes
from inspection.persistence.engine import DB, tx
from inspection.persistence.statements import run, run_many
from inspection.services.people.demo_sign_ins import DEMO_PASSWORD
from inspection.services.tools import Tools

GOAL = 200.0
WORDS_SOUGHT = f"q={quote('营业厅')}"
READERS = ("admin", "reviewer", "province")

_SETTLED = "/rectifications?tab=verified"
_BY_NAME = {
    "stores": "region",
    "people": "role",
    "regions": "",
    "rounds": "name",
    "schedules": "name",
    "rescores": "",
    "imports": "",
    "audit": "",
    "parked": "store",
    "rubrics": "-published",
    "notices": "store",
}
"""Lists at an address of the same name, with an order each."""

_DRAFT = (
    "INSERT INTO rubric_draft (id, code, title_zh, title_en, store_kind, saves, state, author,"
    " writers, created_at, changed_at, changed_by, body)"
    " VALUES (?, ?, ?, ?, 'storefront', 1, 'editing', ?, '[]', ?, ?, ?, ?)"
)
_PROPOSAL = (
    "INSERT INTO round_proposal (id, round, region_path, state, choice, fault, revision, made_by,"
    " made_at, planned_at) VALUES (?, ?, ?, 'ready', '{}', '', 1, ?, ?, ?)"
)
_ROW = (
    "INSERT INTO proposed_visit (id, proposal, store, inspector, day, by_hand, attention, warning,"
    " why, way_hm) VALUES (?, ?, ?, ?, NULL, ?, 2, '', '', 10)"
)
_PROGRAM = (
    "INSERT INTO api_token (id, token_hash, account, name, prefix, scopes, created_at, expires_at,"
    " last_used_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, '')"
)
BODY = "{" + " " * 20_000 + "}"
"""As long as the document of a large rubric."""


class Filled(msgspec.Struct, frozen=True):
    """A database and the code of the round its lists are about."""

    database: Database
    round: str


class Listed(msgspec.Struct, frozen=True):
    """A list: what it is called, who reads it, its address without words or order, and an order
    that is not its usual one, if it has any.
    """

    name: str
    reader: str
    path: str
    order: str


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """Each list of each engine: first page, searched, and in another order."""
    filled = [_filled(databases, engine, sizes) for engine in databases.engines]
    return [_shown(databases, one, sizes) for one in filled]


def _filled(databases: Databases, engine: str, sizes: Sizes) -> Filled:
    async def fill(tools: Tools) -> str:
        province = await found_province(tools, sizes.ranked_stores)
        await add_rounds(province, sizes.rounds)
        await _add_more(tools, province)
        (row,) = await run("SELECT code FROM round WHERE id = ?", province.rounds[-1])
        return str(row["code"])

    database, code = databases.filled(engine, "lists", fill)
    return Filled(databases.onto_disk(database), code)


async def _add_more(tools: Tools, province: Province) -> None:
    """A draft of a rubric, a planned visit and a token for every store: lists nobody filled so
    far.
    """
    ids, now, by = SortedIds(90), tools.now(), province.manager.account
    proposal, stores = ids.id(), tuple(province.store_ids.values())
    async with tx():
        await run_many(
            _DRAFT,
            [
                (ids.id(), f"R{n:05}", f"评分标准{n}", f"Rubric {n}", by, now, now, by, BODY)
                for n in range(len(stores))
            ],
        )
        top = province.manager.region_path
        await run(_PROPOSAL, proposal, province.rounds[-1], top, by, now, now)
        people = province.inspectors
        await run_many(
            _ROW,
            [
                (ids.id(), proposal, store, people[n % len(people)].account, False)
                for n, store in enumerate(stores)
            ],
        )
        await run_many(_PROGRAM, [_token(ids.id(), n, by, now) for n in range(len(stores))])
        await run("UPDATE round SET state = 'open' WHERE id = ?", province.rounds[-1])
        await add_backlog(province, now)
    if DB.engine_type == "postgres":
        await run("VACUUM ANALYZE")


def _token(id: str, n: int, by: str, now: datetime) -> Sequence[object]:
    said = f"营业厅看板{n}", f"mct_{n:06}", '["ranking","notices"]'
    return (id, f"{n:064}", by, *said, now - timedelta(minutes=n), now + timedelta(days=30))


def _lists(code: str) -> Iterator[Listed]:
    """Every list of the desk, about a round where it is one of a round."""
    for name, order in _BY_NAME.items():
        yield Listed(name, "admin", f"/{name}?", order)
    yield Listed("drafts of rubrics", "admin", "/rubric-drafts?", "author")
    yield Listed("tokens", "admin", "/tokens?", "-used")
    yield Listed("visits to review", "reviewer", "/visits?", "-lost")
    yield Listed("assignments of a round", "admin", f"/rounds/{code}/assignments?", "inspector")
    yield Listed("coverage of a round", "admin", f"/rounds/{code}/coverage?", "")
    yield Listed("plan of a round", "admin", f"/rounds/{code}/plan?", "inspector")
    yield Listed("lines to mend", "province", "/rectifications?tab=open", "store")
    yield Listed("lines settled, of all rounds", "province", _SETTLED, "-lost")
    yield Listed("lines settled, of a round", "province", f"{_SETTLED}&round={code}", "store")
    yield Listed("solved cases", "province", "/cases?", "hours")
    yield Listed("appeals", "province", "/appeals?", "store")
    yield Listed("late lines, added up", "province", "/overdue?", "")
    yield Listed("releases of a round", "reviewer", f"/releases/{code}?", "store")


def _shown(databases: Databases, filled: Filled, sizes: Sizes) -> str:
    rows = []
    with served(filled.database.settings) as server:
        pids = (server.pid, *databases.server_pids(filled.database.engine))
        readers = {name: sign_in(server.port, name, DEMO_PASSWORD) for name in READERS}
        for one in _lists(filled.round):
            taken = [
                _taken(readers[one.reader], _address(one.path, asked), sizes.repeats, pids)
                for asked in ("", WORDS_SOUGHT, f"sort={one.order}")[: 3 if one.order else 2]
            ]
            cells = [*(number(each) for each in taken), "–"][:3]
            rows.append((one.name, *cells, within(max(taken), GOAL)))
    title = f"Lists on {WORDS[filled.database.engine]}, {sizes.ranked_stores:,} stores"
    note = "CPU milliseconds of server and database for the whole page, the mean of a few."
    return table(title, ("list", "first page", "searched", "another order", "goal"), rows, note)


def _address(path: str, asked: str) -> str:
    return f"{path}&{asked}" if asked and not path.endswith("?") else path + asked


def _taken(reader: SignedIn, path: str, repeats: int, pids: tuple[int, ...]) -> float:
    get_all(reader, [path])
    with spending(cpu_of(*pids)) as spent:
        get_all(reader, [path] * repeats)
    return spent.cpu * 1000 / repeats
