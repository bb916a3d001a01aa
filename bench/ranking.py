"""Rankings: pages, export and views of the product against hand-written SQL, and their growth."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable

import msgspec

from bench.accounting import cpu_of, own_cpu, spending
from bench.bare_ranking import ROWS_ALONE, WINDOWED, BarePage, BareReader, reader_of
from bench.databases import Databases
from bench.history import KIND, Province, add_rounds, found_province
from bench.phones import get_all, sign_in
from bench.ranking_tables import FEW_ROUNDS, Ranked, growth_shown, pages_shown
from bench.serving import served
from bench.sizes import Sizes
from inspection.cli.demo.stores import CAPITAL
from inspection.domain import cursor
from inspection.persistence import rankings as stored
from inspection.persistence.engine import read_tx
from inspection.persistence.rankings import RankedList, RankingPlace, Window
from inspection.services import rankings
from inspection.services.demo_sign_ins import DEMO_PASSWORD
from inspection.services.ranking_figures import figures
from inspection.services.ranking_lists import ranking_of
from inspection.services.ranking_results import PAGE, RankingAsked, RankingPage
from inspection.services.tools import Tools
from inspection.wiring import Workshop
from inspection.wording import Language

Work = Callable[[], Awaitable[object]]


class Place(msgspec.Struct, frozen=True):
    """A part of the ranking somebody looks at: as the product is asked, and as SQL is."""

    name: str
    asked: RankingAsked
    page: BarePage


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """Pages and views on each engine, web pages, and growth with history."""
    few, many = [], []
    for engine in databases.engines:
        short, long = _filled(databases, engine, sizes)
        few.append(short)
        many.append(long)
    for _ in range(sizes.ranking_turns):
        for short, long in zip(few, many, strict=True):
            asyncio.run(_turn(short, sizes, everything=False))
            asyncio.run(_turn(long, sizes, everything=True))
            _web_turn(long, sizes, databases)
    return [
        *(pages_shown(ranked, sizes) for ranked in many),
        growth_shown(few, many, sizes),
    ]


def _filled(databases: Databases, engine: str, sizes: Sizes) -> tuple[Ranked, Ranked]:
    """The same province after two rounds, and after all of them."""

    async def found(tools: Tools) -> Province:
        province = await found_province(tools, sizes.ranked_stores)
        await add_rounds(province, FEW_ROUNDS)
        return province

    filled, province = databases.filled(engine, "ranking", found)
    short = databases.copied(filled, "ranking_short")
    before = msgspec.structs.replace(province, rounds=list(province.rounds))
    databases.more(filled, lambda _: add_rounds(province, sizes.rounds - FEW_ROUNDS))
    long = databases.onto_disk(filled)
    of_server = cpu_of(*databases.server_pids(engine))

    def cpu() -> float:
        return own_cpu() + of_server()

    return Ranked(short, before, cpu), Ranked(long, province, cpu)


async def _turn(ranked: Ranked, sizes: Sizes, *, everything: bool) -> None:
    async with Workshop(ranked.database.settings).tools() as tools:
        reader = await reader_of(ranked.database)
        for place in await _places(ranked, sizes):
            page = await _measured(ranked, sizes, place, tools)
            if everything:
                await _against_sql(ranked, sizes, place, reader, page)
        if everything:
            await _views(ranked, sizes, tools)
            await _export(ranked, reader)
        await reader.close()


async def _measured(ranked: Ranked, sizes: Sizes, place: Place, tools: Tools) -> RankingPage:
    manager = ranked.province.manager

    async def show() -> RankingPage:
        return await rankings.ranking_page(tools, manager, place.asked)

    async def count() -> object:
        return await figures(tools, of)

    await _timed(ranked, f"{place.name}: page", sizes.pages, show)
    async with read_tx():
        of = await ranking_of(manager, "", KIND, place.asked.region_path)
        await _timed(ranked, f"{place.name}: figures", sizes.pages, count)
    return await show()


async def _against_sql(
    ranked: Ranked, sizes: Sizes, place: Place, reader: BareReader, page: RankingPage
) -> None:
    """Measure both statements, and see that the first says what the page says."""
    for name, sql in (("windows", WINDOWED), ("rows", ROWS_ALONE)):

        async def read(sql: str = sql) -> object:
            return await reader.read(sql, place.page)

        few = max(1, sizes.pages // 8) if sql is WINDOWED else sizes.pages
        await _timed(ranked, f"{place.name}: {name}", few, read)
    rows = await reader.read(WINDOWED, place.page)
    theirs = [(row[0], row[1], row[2], row[3], row[6]) for row in rows]
    ours = [(r.rank, r.region_rank, r.movement, r.store.code, r.score) for r in page.rows]
    assert ours == theirs, (ours[:3], theirs[:3])


async def _views(ranked: Ranked, sizes: Sizes, tools: Tools) -> None:
    manager, few = ranked.province.manager, max(1, sizes.pages // 6)
    code = ranked.province.stores[0].code
    asked = RankingAsked(store_kind=KIND)
    views: dict[str, Work] = {
        "regions beside each other": lambda: rankings.region_averages(manager, asked),
        "items that cost most": lambda: rankings.most_lost_items(manager, asked),
        "one store, all its rounds": lambda: rankings.store_results(tools, manager, code),
    }
    for name, work in views.items():
        await _timed(ranked, name, few, work)


async def _export(ranked: Ranked, reader: BareReader) -> None:
    manager, asked = ranked.province.manager, RankingAsked(store_kind=KIND)
    everything = BarePage(ranked.province.rounds[-1], KIND, "", 1_000_000)

    async def ours() -> None:
        rankings.as_csv(await rankings.ranking_rows(manager, asked, Language.ZH))

    async def theirs() -> None:
        csv.writer(io.StringIO()).writerows(await reader.read(WINDOWED, everything))

    await _timed(ranked, "export", 1, ours)
    await _timed(ranked, "export: windows", 1, theirs)


async def _timed(ranked: Ranked, name: str, count: int, work: Work) -> None:
    await work()
    with spending(ranked.cpu) as spent:
        for _ in range(count):
            await work()
    ranked.taken.add(name, spent.cpu * 1000 / count)


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
        paths = [f"/ranking?kind={KIND}"] * max(1, sizes.pages // 3)
        get_all(session, paths[:2])
        with spending(cpu_of(server.pid, *pids)) as spent:
            get_all(session, paths)
        ranked.taken.add("web page", spent.cpu * 1000 / len(paths))
