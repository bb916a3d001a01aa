"""The desk's list of lines, whichever way a page is come by: all of them, once, in order."""

import random
from datetime import timedelta
from itertools import product

import pytest

from inspection.domain.listing import ListAsked
from inspection.persistence.rectifications import rectification_queue
from inspection.persistence.rectifications.notice_tallies import tally_lines
from inspection.persistence.statements import run
from inspection.services.rectifications.rectification_lists import LinesAsked, line_list
from tests.cast import ANNING, ANNING_HALL, CLUB, GUO, LI, MA, ROUND
from tests.makers import REGION_PATHS
from tests.reviewing import a_draft, an_issued

STATES = ("open", "returned", "submitted", "verified")
ORDERS = {
    "due": lambda row: row["due_at"],
    "store": lambda row: row["name"],
    "item": lambda row: row["item"],
    "lost": lambda row: row["lost"],
}
FILTERS = {
    "": lambda row: True,
    "q": lambda row: "安宁" in row["name"],
    "item": lambda row: row["item"] == "KC-M-01",
    "region": lambda row: "/620105/" in row["region_path"],
    "store_kind": lambda row: row["store_kind"] == "customer_club",
    "round": lambda row: True,
}
ASKED = {
    "q": "安宁",
    "item": "KC-M-01",
    "region": REGION_PATHS[ANNING],
    "store_kind": "customer_club",
    "round": ROUND,
}


@pytest.fixture
async def rows(province):
    """Two notices with lines in every state, some due at the same time; a draft nobody lists."""
    issued = [
        await an_issued(province, "club", GUO, visitor=LI, store=CLUB, losses=LOST[CLUB]),
        await an_issued(province, "hall", GUO, visitor=MA, store=ANNING_HALL, losses=LOST_IN_HALL),
    ]
    chance = random.Random(8)
    lines = await run("SELECT id, due_at FROM notice_line ORDER BY id")
    for number, line in enumerate(lines):
        due = line["due_at"] + timedelta(hours=chance.randint(-2, 2) * 40)
        state = STATES[number % len(STATES)]
        sql = "UPDATE notice_line SET state = ?, due_at = ? WHERE id = ?"
        await run(sql, state, due, line["id"])
    for notice in issued:
        await tally_lines(notice.id)
    return await run(
        "SELECT l.id, l.state, l.due_at, l.item, l.lost, s.name, n.region_path, n.store_kind"
        " FROM notice_line l JOIN notice n ON n.id = l.notice JOIN store s ON s.id = n.store"
    )


LOST = {CLUB: ("KC-M-01", "KC-M-02", "KC-E-01", "KC-E-02", "KC-F-01")}
LOST_IN_HALL = ("KH-E-01", "KH-E-02", "KH-E-03", "KH-M-01")


async def pages(province, asked, size=2):
    """The ids of all pages, and the last page."""
    ids = []
    while True:
        page = await line_list(province, GUO.actor, asked)
        ids += [row.line.id for row in page.rows]
        assert len(page.rows) == size or page.next_cursor is None
        if page.next_cursor is None:
            return ids, page
        again = ListAsked(
            q=asked.asked.q, sort=asked.asked.sort, cursor=page.next_cursor, size=size
        )
        asked = LinesAsked(**{**as_parts(asked), "asked": again})


def as_parts(asked):
    return {name: getattr(asked, name) for name in asked.__struct_fields__}


@pytest.mark.parametrize("filter_", FILTERS)
async def test_every_line_comes_once_in_its_order(province, rows, filter_):
    parts = {filter_: ASKED[filter_]} if filter_ not in ("", "q") else {}
    for order, tab in product(("due", "-due", "store", "-store", "item", "-lost"), ("", *STATES)):
        key = ORDERS[order.removeprefix("-")]
        of_tab = [r for r in rows if FILTERS[filter_](r) and (not tab or r["state"] == tab)]
        wanted = sorted(of_tab, key=lambda r: (key(r), r["id"]), reverse=order.startswith("-"))
        listed = ListAsked(q="安宁" if filter_ == "q" else "", sort=order, size=2)
        ids, page = await pages(province, LinesAsked(asked=listed, tab=tab, **parts))
        assert ids == [row["id"] for row in wanted], (order, tab)
        assert (page.total, page.at_least) == (len(wanted), False), (order, tab)
        assert {state: page.counts.on(state) for state in STATES[:3]} == {
            state: sum(r["state"] == state for r in rows if FILTERS[filter_](r))
            for state in STATES[:3]
        }


async def test_settled_lines_of_all_years_are_counted_where_they_are_looked_at(
    province, rows, monkeypatch
):
    monkeypatch.setattr(rectification_queue, "MOST", 1)
    settled = sum(row["state"] == "verified" for row in rows)
    told = await line_list(province, GUO.actor, LinesAsked(tab="open"))
    assert (told.counts.verified, settled) == (2, 2)
    sought = ListAsked(q="K")
    elsewhere = await line_list(province, GUO.actor, LinesAsked(tab="open", asked=sought))
    assert elsewhere.counts.verified is None
    there = await line_list(province, GUO.actor, LinesAsked(tab="verified", asked=sought))
    assert (there.total, there.at_least, there.counts.verified) == (1, True, 1)
    every = await line_list(province, GUO.actor, LinesAsked(asked=sought))
    assert (every.total, every.at_least) == (1, True)


async def test_a_draft_is_not_listed_however_it_is_asked_for(province):
    await a_draft(province)
    for tab in ("", *STATES):
        for order in ORDERS:
            asked = LinesAsked(asked=ListAsked(sort=order), tab=tab)
            assert not (await line_list(province, GUO.actor, asked)).rows
