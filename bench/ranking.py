"""Rankings: pages, export and views of the product against hand-written SQL, and their growth."""

import asyncio
import csv
import io

import msgspec

from bench.accounting import cpu_of, own_cpu, spending
from bench.bare_ranking import ROWS_ALONE, WINDOWED, BarePage, BareReader, reader_of
from bench.databases import Databases
from bench.history import KIND, Province, add_rounds, found_province
from bench.phones import get_all, sign_in
from bench.ranking_tables import (
    FEW_ROUNDS,
    Ranked,
    first_shown,
    growth_shown,
    pages_shown,
    size_shown,
)
from bench.ranking_views import first_looks, timed, views
from bench.serving import served
from bench.sizes import Sizes
from inspection.cli.demo.stores import CAPITAL
from inspection.domain import cursor
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.rankings import rankings as stored
from inspection.persistence.rankings.rankings import RankedList, RankingPlace, Window
from inspection.persistence.statements import run
from inspection.services.analyses.calibrations import reckon_judgements
from inspection.services.people.demo_sign_ins import DEMO_PASSWORD
from inspection.services.rankings import rankings
from inspection.services.rankings.ranking_results import PAGE, RankingAsked, RankingPage
from inspection.services.tools import Tools
from inspection.spreadsheets.writing import write_csv
from inspection.wiring import Workshop
from inspection.wording import Language


class Place(msgspec.Struct, frozen=True):
    """A part of the ranking somebody looks at: as the product is asked, and as SQL is."""

    name: str
    asked: RankingAsked
    page: BarePage


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """Pages and views on each engine, web pages, and growth with history and with stores."""
    fewer = msgspec.structs.replace(sizes, ranked_stores=sizes.fewer_stores)
    few, small, many = [], [], []
    for engine in databases.engines:
        short, long = _filled(databases, engine, sizes, "ranking")
        few.append(short)
        many.append(long)
        small.append(_filled(databases, engine, fewer, "ranking_small")[1])
    for _ in range(sizes.ranking_turns):
        for short, less, long in zip(few, small, many, strict=True):
            asyncio.run(_turn(short, sizes, everything=False))
            asyncio.run(_turn(less, fewer, everything=True))
            asyncio.run(_turn(long, sizes, everything=True))
            _web_turn(long, sizes, databases)
    return [
        *(pages_shown(ranked, sizes) for ranked in many),
        first_shown(many),
        growth_shown(few, many, sizes),
        size_shown(small, many, sizes),
    ]


def _filled(databases: Databases, engine: str, sizes: Sizes, name: str) -> tuple[Ranked, Ranked]:
    """The same province after two rounds, and after all of them."""

    async def found(tools: Tools) -> Province:
        province = await found_province(tools, sizes.ranked_stores)
        await add_rounds(province, FEW_ROUNDS)
        return province

    filled, province = databases.filled(engine, name, found)
    short = databases.copied(filled, f"{name}_short")
    before = msgspec.structs.replace(province, rounds=list(province.rounds))
    databases.more(filled, lambda _: _more(province, sizes.rounds - FEW_ROUNDS))
    long = databases.onto_disk(filled)
    counters = (own_cpu, cpu_of(*databases.server_pids(engine)))
    return Ranked(short, before, counters), Ranked(long, province, counters)


async def _more(province: Province, rounds: int) -> None:
    """The rest of the rounds; what stores said of themselves was the last but one."""
    await add_rounds(province, rounds)
    # What the worker does once in five minutes.
    while await reckon_judgements(200):
        pass
    async with tx():
        await run("UPDATE round SET visit_kind = 'self_check' WHERE id = ?", province.rounds[-2])


async def _turn(ranked: Ranked, sizes: Sizes, *, everything: bool) -> None:
    async with Workshop(ranked.database.settings).tools() as tools:
        reader = await reader_of(ranked.database)
        for place in await _places(ranked, sizes):
            page = await _measured(ranked, sizes, place, tools)
            if everything:
                await _against_sql(ranked, sizes, place, reader, page)
        if everything:
            await views(ranked, sizes, tools)
            await _export(ranked, reader, tools)
        await reader.close()
    if everything:
        await first_looks(ranked, sizes.ranking_turns)


async def _measured(ranked: Ranked, sizes: Sizes, place: Place, tools: Tools) -> RankingPage:
    manager = ranked.province.manager

    async def show() -> RankingPage:
        return await rankings.ranking_page(tools, manager, place.asked)

    async def arrives() -> None:
        # What every visit that arrives or is published leaves behind: which store changed.
        async with tx():
            at, actor = tools.now(), manager.account
            facts = {"actor": actor, "action": "visit.release", "noun": "visit", "noun_id": visit}
            await audit.append(at=at, body={}, **facts)

    async def show_after() -> None:
        await arrives()
        await show()

    (visit,) = await _some_visit(place)
    await timed(ranked, f"{place.name}: page", sizes.ranking_pages, show)
    await timed(ranked, f"{place.name}: event", sizes.ranking_pages, arrives)
    await timed(ranked, f"{place.name}: event and page", sizes.ranking_pages, show_after)
    return await show()


async def _some_visit(place: Place) -> tuple[str]:
    """A visit of the round, of a store that is on the page."""
    rows = await run(
        "SELECT v.id FROM standing t JOIN visit v ON v.round = t.round AND v.store = t.store"
        " WHERE t.round = ? AND t.store_kind = ? AND t.region_path LIKE ? ORDER BY t.id LIMIT 1",
        *(place.page.round, KIND, f"{place.page.path}%"),
    )
    return (str(rows[0]["id"]),)


async def _against_sql(
    ranked: Ranked, sizes: Sizes, place: Place, reader: BareReader, page: RankingPage
) -> None:
    """Measure both statements, and see that the first says what the page says."""
    for name, sql in (("windows", WINDOWED), ("rows", ROWS_ALONE)):

        async def read(sql: str = sql) -> object:
            return await reader.read(sql, place.page)

        few = max(1, sizes.ranking_pages // 24) if sql is WINDOWED else sizes.ranking_pages
        await timed(ranked, f"{place.name}: {name}", few, read)
    rows = await reader.read(WINDOWED, place.page)
    theirs = [(row[0], row[1], row[2], row[3], row[6]) for row in rows]
    ours = [(r.rank, r.region_rank, r.movement, r.store.code, r.score) for r in page.rows]
    assert ours == theirs, (ours[:3], theirs[:3])


async def _export(ranked: Ranked, reader: BareReader, tools: Tools) -> None:
    manager, asked = ranked.province.manager, RankingAsked(store_kind=KIND)
    everything = BarePage(ranked.province.rounds[-1], KIND, "", 1_000_000)

    async def ours() -> None:
        write_csv(await rankings.ranking_table(tools, manager, asked, Language.ZH))

    async def theirs() -> None:
        csv.writer(io.StringIO()).writerows(await reader.read(WINDOWED, everything))

    await timed(ranked, "export", 1, ours)
    await timed(ranked, "export: windows", 1, theirs)


async def _places(ranked: Ranked, sizes: Sizes) -> tuple[Place, ...]:
    """The head of the list, its middle, and the head of the largest branch."""
    round_, half = ranked.province.rounds[-1], sizes.ranked_stores // 2
    listed = RankedList(round=round_, store_kind=KIND)
    rows = await stored.ranked_rows(listed, Window(after=None, best_first=True, limit=half))
    last = rows[-1]
    after = cursor.written(RankingPlace(last.rank_key, last.tie_key, last.store_code))
    branch = next(s.path for s in ranked.province.stores if f"/{CAPITAL}/" in s.path)
    path = branch[: branch.index(CAPITAL) + len(CAPITAL) + 1]
    return (
        Place("first", RankingAsked(store_kind=KIND), BarePage(round_, KIND, "", PAGE)),
        Place(
            "middle",
            RankingAsked(store_kind=KIND, cursor=after),
            BarePage(
                *(round_, KIND, "", PAGE, len(rows)),
                (last.rank_key, last.tie_key, last.store_code),
            ),
        ),
        Place(
            "branch",
            RankingAsked(store_kind=KIND, region_path=path),
            BarePage(round_, KIND, path, PAGE),
        ),
    )


def _web_turn(ranked: Ranked, sizes: Sizes, databases: Databases) -> None:
    """The whole page as a browser gets it, figures, tiles and all."""
    pids = databases.server_pids(ranked.database.engine)
    with served(ranked.database.settings) as server:
        session = sign_in(server.port, "province", DEMO_PASSWORD)
        path, count = f"/ranking?kind={KIND}", sizes.ranking_pages
        first = get_all(session, [path] * 3)[-1]
        cpu = cpu_of(server.pid, *pids)
        with spending(cpu) as spent:
            get_all(session, [path] * count)
        ranked.taken.add("web page", spent.cpu * 1000 / count)
        known = msgspec.structs.replace(
            session, headers=f"{session.headers}\r\nIf-None-Match: {first.tag}"
        )
        with spending(cpu) as spent:
            get_all(known, [path] * count, status=304)
        ranked.taken.add("known page", spent.cpu * 1000 / count)
