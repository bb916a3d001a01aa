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


def _lists(code: str) -> Iterator[tuple[str, str, str]]:
    """What a list is called, who reads it, and its address without words or order."""
    for name in ("stores", "people", "regions", "rounds", "schedules", "rescores", "imports"):
        yield name, "admin", f"/{name}?"
    for name in ("audit", "parked", "rubrics", "notices"):
        yield name, "admin", f"/{name}?"
    yield "drafts of rubrics", "admin", "/rubric-drafts?"
    yield "tokens", "admin", "/tokens?"
    yield "visits to review", "reviewer", "/visits?"
    yield "assignments of a round", "admin", f"/rounds/{code}/assignments?"
    yield "coverage of a round", "admin", f"/rounds/{code}/coverage?"
    yield "plan of a round", "admin", f"/rounds/{code}/plan?"
    yield "lines of notices", "province", "/rectifications?tab="
    yield "solved cases", "province", "/cases?"
    yield "appeals", "province", "/appeals?"
    yield "late lines, added up", "province", "/overdue?"
    yield "releases of a round", "reviewer", f"/releases/{code}?"


def _shown(databases: Databases, filled: Filled, sizes: Sizes) -> str:
    rows = []
    with served(filled.database.settings) as server:
        pids = (server.pid, *databases.server_pids(filled.database.engine))
        readers = {name: sign_in(server.port, name, DEMO_PASSWORD) for name in READERS}
        for name, reader, path in _lists(filled.round):
            taken = [
                _taken(readers[reader], _address(path, asked), sizes.repeats, pids)
                for asked in ("", WORDS_SOUGHT, "sort=-code")
            ]
            rows.append((name, *(number(one) for one in taken), within(max(taken), GOAL)))
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
