"""The queue of visits to review: its order, its filters, what stands beside a visit in it."""

from datetime import timedelta

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import CursorRefused, NotAllowed, NotFound
from inspection.domain.reviews.review import Decision, ReviewCase
from inspection.domain.reviews.review_queue import QueueAsked
from inspection.persistence.reviews.review_queue import missing_photos
from inspection.persistence.statements import run
from inspection.services.reviews.review_queue import review_queue, visits_beside
from inspection.services.reviews.reviews import decide_visit
from tests.cast import (
    ANNING_HALL,
    CHEN,
    CLUB,
    HALL,
    LI,
    MA,
    QINZHOU_CLUB,
    SUN,
    WANG,
    round_id,
)
from tests.receiving import send
from tests.reviewing import a_visit, approve, send_back
from tests.submissions import a_photo, a_submission, rubric_in

LANZHOU_PATH = "/620000/620100/"


def asked(q="", sort="", cursor="", size=50, **filters):
    return QueueAsked(list=ListAsked(q=q, sort=sort, cursor=cursor, size=size), **filters)


async def four(tools, clock):
    """Four visits an hour apart, the first of them with the most losses."""
    made = []
    for name, by, store, losses in (
        ("a", LI, CLUB, ("KC-E-01", "KC-M-01")),
        ("b", LI, HALL, ()),
        ("c", MA, ANNING_HALL, ()),
        ("d", MA, QINZHOU_CLUB, ("KC-E-01",)),
    ):
        made.append(await a_visit(tools, name, by=by, store=store, losses=losses))
        clock.go_on(hours=1)
    return made


async def shown(tools, **filters):
    return [row.visit for row in (await review_queue(tools, SUN.actor, asked(**filters))).rows]


async def test_the_queue_shows_the_longest_wait_first(province, clock):
    first = await a_visit(province, "first")
    clock.go_on(hours=2)
    second = await a_visit(province, "second", by=MA, store=ANNING_HALL, losses=())
    clock.go_on(minutes=30)
    queue = await review_queue(province, SUN.actor)
    assert [row.visit for row in queue.rows] == [first, second]
    assert [row.waited_minutes for row in queue.rows] == [150, 30]
    assert (queue.waiting, queue.next_cursor) == (2, None)
    row = queue.rows[0]
    assert (row.store.code, row.store.branch.zh, row.store.county.en) == (CLUB, "兰州", "Chengguan")
    assert (row.inspector, row.complete, row.missing_photos) == ("A-017", True, 0)


async def test_the_queue_is_paged_without_gaps_or_repeats(province, clock):
    visits = []
    for name, by, store in (
        ("a", LI, CLUB),
        ("b", LI, HALL),
        ("c", MA, ANNING_HALL),
        ("d", MA, QINZHOU_CLUB),
    ):
        visits.append(await a_visit(province, name, by=by, store=store, losses=()))
        clock.go_on(minutes=1)
    seen, after = [], ""
    for _ in range(4):
        page = await review_queue(province, SUN.actor, asked(cursor=after, size=1))
        seen += [row.visit for row in page.rows]
        after = page.next_cursor or ""
    assert (seen, after) == (visits, "")


async def test_a_damaged_cursor_is_refused(province):
    with pytest.raises(CursorRefused):
        await review_queue(province, SUN.actor, asked(cursor="WyJ4Il0"))


@pytest.mark.parametrize("person", [LI, CHEN, WANG])
async def test_only_reviewers_see_the_queue(province, person):
    with pytest.raises(NotAllowed):
        await review_queue(province, person.actor)


async def test_the_queue_is_sorted_and_searched(province, clock):
    a, b, c, d = await four(province, clock)
    assert await shown(province) == [a, b, c, d]
    assert (await shown(province, sort="-lost"))[:2] == [a, d]
    assert await shown(province, sort="-received") == [d, c, b, a]
    assert await shown(province, q="东方红") == [a]
    assert await shown(province, q="A-017") == [a, b]
    assert await shown(province, sort="nonsense") == [a, b, c, d]


async def test_the_queue_is_filtered(province, clock):
    a, b, c, d = await four(province, clock)
    assert await shown(province, region_path=LANZHOU_PATH) == [a, b, c]
    assert await shown(province, round="2026-11") == [a, b, c, d]
    assert await shown(province, round="2026-10") == []
    assert await shown(province, waited=24) == []
    clock.go_on(hours=21.5)
    assert await shown(province, waited=24) == [a, b]
    await run("""UPDATE visit SET flags = '["short_visit"]' WHERE id = ?""", c)
    assert await shown(province, flag="short_visit") == [c]
    assert await shown(province, flag="clock_offset") == []
    with pytest.raises(NotFound):
        await shown(province, region_path="/620000/999999/")


async def test_what_was_returned_before_can_be_told(province, clock):
    a, *_ = await four(province, clock)
    await send_back(province, a)
    await send(province, a_submission(rubric_in(), visit=a, attempt=2))
    assert await shown(province, again=True) == [a]


async def test_returned_visits_stand_apart_with_the_first_due_first(province, clock):
    a, b, c, _ = await four(province, clock)
    for visit, hours in ((a, 48), (b, 24), (c, 72)):
        case = ReviewCase(
            attempt=1, decision=Decision.RETURN, reason="补拍", reviewer="", hours=hours
        )
        await decide_visit(province, SUN.actor, visit, case)
    clock.go_on(hours=25)
    found = await review_queue(province, SUN.actor, asked(state="returned"))
    assert [row.visit for row in found.rows] == [b, a, c]
    assert [row.overdue for row in found.rows] == [True, False, False]
    assert found.rows[0].due_at == clock() - timedelta(hours=1)
    assert (found.waiting, found.returned, found.overdue) == (1, 3, 1)


async def test_a_long_wait_is_an_alert_and_never_an_approval(province, clock):
    visit = await a_visit(province)
    clock.go_on(hours=49)
    found = await review_queue(province, SUN.actor)
    assert (found.long, found.rows[0].long) == (1, True)
    (row,) = await run("SELECT state FROM visit WHERE id = ?", visit)
    assert row["state"] == "submitted"


async def test_the_visits_beside_one_are_those_of_the_filter(province, clock):
    a, b, c, d = await four(province, clock)
    assert await visits_beside(province, SUN.actor, asked(), b) == (a, c)
    assert await visits_beside(province, SUN.actor, asked(sort="-received"), b) == (c, a)
    assert await visits_beside(province, SUN.actor, asked(q="A-017"), a) == (None, b)
    await approve(province, b)
    assert await visits_beside(province, SUN.actor, asked(), b) == (a, c)
    assert await visits_beside(province, SUN.actor, asked(), d) == (c, a)
    alone = asked(q="东方红")
    assert await visits_beside(province, SUN.actor, alone, a) == (None, None)
    assert await visits_beside(province, SUN.actor, alone, "none") == (None, a)


async def test_missing_photos_are_counted_for_those_shown(province):
    assert await missing_photos([]) == {}
    await a_visit(province, losses=("KC-E-01",), pictures=(a_photo(1), a_photo(2)))
    (row,) = (await review_queue(province, SUN.actor)).rows
    assert (row.complete, row.missing_photos) == (False, 2)


async def test_rounds_with_visits_in_the_queue_are_offered(province, clock):
    a, *_ = await four(province, clock)
    await run("UPDATE visit SET round = ? WHERE id = ?", round_id("2026-10"), a)
    found = await review_queue(province, SUN.actor)
    assert [code for code, _ in found.rounds] == ["2026-11", "2026-10"]
