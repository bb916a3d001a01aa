"""Lists: found by words, in any order, page after page without a gap, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from inspection.domain import cursor
from inspection.domain.listing import ListAsked, ListPlace, ListQuery
from inspection.domain.refusals import CursorRefused
from inspection.persistence import jobs
from inspection.persistence.listing import Listing, SortColumn, listed, listed_up_to
from inspection.persistence.searching import Within
from inspection.persistence.statements import run

START = datetime(2026, 11, 22, tzinfo=UTC)

JOBS = Listing(
    select="SELECT CAST(j.id AS TEXT) AS id, j.kind, j.key, j.created_at, j.tries FROM job j",
    search=("j.kind", "j.key"),
    columns={
        "key": SortColumn("key"),
        "made": SortColumn("created_at", "time"),
        "tries": SortColumn("tries", "number"),
    },
    usual="-made",
)
KEYED = structs.replace(JOBS, key="CAST(j.id AS TEXT)")
"""The same, its rows read in full only for a page."""

WALKED = structs.replace(
    KEYED, walk="SELECT CAST(j.id AS TEXT) AS id, j.key, j.created_at, j.tries FROM job j"
)
"""The same, its pages found another way."""

APART = structs.replace(
    KEYED,
    search=(
        "j.kind",
        Within(condition="j.id IN (SELECT o.id FROM job o WHERE {})", search=("o.key",)),
    ),
)
"""The same, one expression looked at apart from the row."""


async def keep(*keys: str) -> None:
    for number, key in enumerate(keys):
        at = START + timedelta(seconds=number // 2)
        await jobs.enqueue(kind="Print", key=key, payload={}, at=at)


async def keys(asked: ListAsked, listing: Listing = JOBS) -> list[str]:
    """The keys of every page, one after the other."""
    found: list[str] = []
    while True:
        page = await listed(listing, asked)
        found += [str(row["key"]) for row in page.rows]
        if page.next_cursor is None:
            assert page.total == len(found)
            return found
        assert len(page.rows) == asked.limit
        asked = ListAsked(q=asked.q, sort=asked.sort, cursor=page.next_cursor, size=asked.size)


@pytest.mark.parametrize("sort", ["key", "-key", "made", "-made", "tries", "-tries"])
@pytest.mark.parametrize("size", [1, 2, 3, 50])
@pytest.mark.parametrize("listing", [JOBS, KEYED, WALKED])
async def test_the_pages_hold_every_row_once_in_order(database, listing, sort, size):
    names = [f"k{number:02d}" for number in range(7)]
    await keep(*names)
    await run("UPDATE job SET tries = 2 WHERE key < 'k03'")
    found = await keys(ListAsked(sort=sort, size=size), listing)
    assert sorted(found) == names
    by = {"key": found, "made": [int(key[1:]) // 2 for key in found]}
    by["tries"] = [2 if key < "k03" else 0 for key in found]
    order = by[sort.removeprefix("-")]
    assert order == sorted(order, reverse=sort.startswith("-"))


async def test_an_order_nobody_knows_is_the_usual_one(database):
    await keep("a", "b", "c")
    page = await listed(JOBS, ListAsked(sort="colour"))
    assert page.sort == "-made"
    assert page.rows[0]["key"] == "c"


@pytest.mark.parametrize("listing", [JOBS, KEYED, WALKED, APART])
async def test_every_word_must_be_somewhere(database, listing):
    await keep("notice one", "Notice TWO", "100%", "50_50", "店 三")
    assert await keys(ListAsked(q="NOTICE"), listing) == ["Notice TWO", "notice one"]
    assert await keys(ListAsked(q="NOTICE", sort="made", size=1), listing) == [
        "notice one",
        "Notice TWO",
    ]
    assert await keys(ListAsked(q="print two"), listing) == ["Notice TWO"]
    assert await keys(ListAsked(q="三 店"), listing) == ["店 三"]
    assert await keys(ListAsked(q="%"), listing) == ["100%"]
    assert await keys(ListAsked(q="_"), listing) == ["50_50"]
    assert await keys(ListAsked(q="!"), listing) == []


@pytest.mark.parametrize("listing", [KEYED, WALKED])
@pytest.mark.parametrize("sort", ["key", "-made"])
@pytest.mark.parametrize("most", [1, 2, 3, 4, 50])
async def test_a_long_list_is_counted_up_to_a_number(database, listing, sort, most):
    await keep("one", "two", "three", "four")
    await run("UPDATE job SET tries = 2 WHERE key <> 'one'")
    more = [(" AND j.tries = ?", (2,))]
    found, cursor_ = [], ""
    while True:
        asked = ListAsked(q="o", sort=sort, size=1, cursor=cursor_)
        page = await listed_up_to(listing, asked, more, most)
        assert (page.total, page.at_least) == (min(2, most), most < 2)
        found += [str(row["key"]) for row in page.rows]
        if not (cursor_ := page.next_cursor or ""):
            break
    assert found == ["four", "two"]
    none = await listed_up_to(listing, ListAsked(q="nothing"), more, most)
    assert (none.rows, none.total, none.at_least) == ([], 0, False)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(alphabet="ab%_!' 　店\\", max_size=8))
async def test_what_is_searched_is_never_a_pattern(sqlite_database, words):
    await run("DELETE FROM job")
    await keep("ab", "a%b", "a_b", "a!b", "店 a'b\\")
    every = ["ab", "a%b", "a_b", "a!b", "店 a'b\\"]
    parts = words.lower().split()
    wanted = [key for key in every if all(part in key or part in "print" for part in parts)]
    assert sorted(await keys(ListAsked(q=words))) == sorted(wanted)


@pytest.mark.parametrize(
    "place",
    [
        ListPlace("key", "k", "1"),
        ListPlace("-made", 5, "1"),
        ListPlace("-made", "yesterday", "1"),
        ListPlace("-made", "2026-11-22T00:00:00", "1"),
    ],
)
async def test_a_place_in_another_order_is_refused(database, place):
    with pytest.raises(CursorRefused):
        await listed(JOBS, ListAsked(cursor=cursor.written(place)))


def test_an_address_is_read_as_it_was_meant():
    query = ListQuery(q="  兰州 ", sort="-name", cursor="x")
    assert query.asked() == ListAsked(q="兰州", sort="-name", cursor="x")
    assert ListAsked(size=0).limit == 1
    assert ListAsked(size=10**6).limit == 200
