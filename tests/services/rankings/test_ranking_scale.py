"""A ranking page costs what it shows: every statement walks an index of its own round."""

import sqlite3
from pathlib import Path

import pytest

from inspection.persistence.database import Database
from inspection.persistence.statements import run_many
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import most_lost_items, ranking_page, store_results
from tests.cast import ANNING, GUO, REGION_PATHS, ROUND, WANG, round_id
from tests.makers import START, a_province, some_tools
from tests.rankable import Result, logged, published

CLUBS = RankingAsked(store_kind="customer_club")
STORES = 300


@pytest.fixture
async def tools(sqlite_database, tmp_path):
    tools = some_tools(tmp_path)
    await a_province(tools)
    yield tools
    tools.passwords.close()


@pytest.fixture
def plans(sqlite_database, monkeypatch):
    """Runs a question and gives the plan of every statement it made."""
    asked = []
    run = Database.run

    async def noted(self, sql, args=()):
        asked.append((sql, args))
        return await run(self, sql, args)

    monkeypatch.setattr(Database, "run", noted)
    path = Path(sqlite_database.removeprefix("sqlite:///"))

    async def of(question):
        asked.clear()
        await question
        with sqlite3.connect(path) as connection:
            return {
                sql: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", args)]
                for sql, args in asked
            }

    return of


SMALL = {"CONSTANT", "k", "p", "e", "g", "o", "r", "rv", "region"}
"""Constant rows, parts of the statement itself, the org tree, rounds and rubrics: none grows."""


def scans(found):
    """Table scans of anything that grows with stores or rounds."""
    steps = {step for plan in found.values() for step in plan if step.startswith("SCAN ")}
    return {step for step in steps if not step.split()[1].isdigit()} - {
        step for step in steps if step.split()[1] in SMALL
    }


@pytest.mark.parametrize(
    ("person", "asked"),
    [
        (GUO, CLUBS),
        (GUO, RankingAsked(store_kind="customer_club", sort="worst")),
        (WANG, CLUBS),
        (WANG, RankingAsked(store_kind="customer_club", region_path=REGION_PATHS[ANNING])),
    ],
)
async def test_no_statement_of_a_page_reads_a_whole_table(tools, plans, person, asked):
    found = await plans(ranking_page(tools, person.actor, asked))
    assert scans(found) == set()


async def test_the_rows_of_a_page_come_in_the_order_of_the_index(tools, plans):
    found = await plans(ranking_page(tools, GUO.actor, CLUBS))
    (plan,) = [plan for sql, plan in found.items() if "LIMIT" in sql and "tie_key DESC" not in sql
               and "ORDER BY t.rank_key" in sql]  # fmt: skip
    assert not [step for step in plan if "TEMP B-TREE" in step]


async def test_every_walk_along_the_standings_stays_in_its_round_and_kind(tools, plans):
    found = await plans(ranking_page(tools, GUO.actor, CLUBS))
    walks = [
        step for plan in found.values() for step in plan
        if step.startswith("SEARCH t ") and "standing_round" in step
    ]  # fmt: skip
    assert len(walks) >= 2
    assert all("(round=? AND store_kind=?" in walk for walk in walks)


async def test_the_other_views_read_no_whole_table_either(tools, plans):
    await published(tools, Result(store="a", total=9000))
    for question in (most_lost_items(GUO.actor, CLUBS), store_results(tools, GUO.actor, "a")):
        assert scans(await plans(question)) == set()


async def test_a_page_of_many_stores_makes_no_more_statements_than_one_of_few(tools, plans):
    few = len(await plans(ranking_page(tools, GUO.actor, CLUBS)))
    await run_many(
        "INSERT INTO store (id, code, name, kind, region, region_path, ownership, state, features,"
        " address, contact_name, contact_phone, created_at) VALUES (?, ?, '店', 'customer_club',"
        " 'region-620105', ?, 'own', 'open', '[]', '', '', '', ?)",
        [(f"s{n}", f"s{n:04}", REGION_PATHS[ANNING], START) for n in range(STORES)],
    )
    await run_many(
        "INSERT INTO standing (round, store, store_kind, region_path, branch_path, store_code,"
        ' visits, score_sum, score, rank_key, tie_key, previous_key, previous_score, "full", lost,'
        " vetoed, major_losses, unranked_why, sections, updated_at) VALUES (?, ?, 'customer_club',"
        " ?, '/620000/620100/', ?, 1, 9000, 9000, ?, 0, NULL, NULL, 10000, 1000, FALSE, 0, '',"
        " '[]', ?)",
        [
            (round_id(ROUND), f"s{n}", REGION_PATHS[ANNING], f"s{n:04}", 9_990_000 + n // 3, START)
            for n in range(STORES)
        ],
    )
    await logged()
    page = await ranking_page(tools, GUO.actor, CLUBS)
    assert (len(page.rows), page.ranked) == (50, STORES)
    assert len(await plans(ranking_page(tools, GUO.actor, CLUBS))) <= few + 2
