"""Reading the log: found by who, what, about what and when; by administrators of the whole only."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from inspection.domain.refusals import CursorRefused, NotAllowed, NotFound
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.audit.audit_trail import Change, EventsAsked, audit_page
from tests.cast import (
    CAST,
    CLUB,
    GUO,
    LANZHOU,
    LI,
    ROUND,
    WANG,
    assignment_id,
    round_id,
    store_id,
)
from tests.makers import a_province


@pytest.fixture
async def log(database, tools):
    """Six events on three days, made by two people and the operator."""
    await a_province(tools)
    await run("DELETE FROM audit_event")
    await run("DELETE FROM audit_head")
    renamed = {"changes": {"name": ["a", "b"], "address": ["", None]}}
    told = [
        (20, GUO.account, "store.edit", "store", store_id(CLUB), renamed),
        (20, GUO.account, "store.import", "store", "", {"added": 2}),
        (21, LI.account, "visit.submit", "visit", "visit-1", {"attempt": 1}),
        (21, "", "round.lock", "round", round_id(ROUND), {"code": ROUND}),
        (22, LI.account, "visit.submit", "visit", "visit-2", {}),
        (22, GUO.account, "account.disable", "account", LI.account, {"changes": {"odd": 5}}),
    ]
    for day, actor, action, noun, noun_id, body in told:
        async with tx():
            # Half past three in the afternoon in UTC is half an hour before midnight in Shanghai.
            at = datetime(2026, 11, day, 15, 30, tzinfo=UTC)
            await audit.append(
                at=at, actor=actor, action=action, noun=noun, noun_id=noun_id, body=body
            )


async def seqs(**asked):
    found = await audit_page(GUO.actor, EventsAsked(**asked))
    return [row.seq for row in found.rows]


async def test_the_latest_comes_first_with_names_and_both_sides(log):
    found = await audit_page(GUO.actor, EventsAsked())
    assert [row.seq for row in found.rows] == [6, 5, 4, 3, 2, 1]
    assert found.head.seq == 6
    first, _, _, submitted, _, last = found.rows
    assert (last.who, last.role, last.about) == (
        GUO.name,
        "administrator",
        f"{CLUB} 城关东方红客户俱乐部",
    )
    assert last.changes == (Change("name", "a", "b"),)
    assert first.about == f"{LI.name} {LI.sign_in}"
    assert first.changes == (Change("odd", None, 5),)
    assert (found.rows[2].who, found.rows[2].facts) == ("", (("code", ROUND),))
    assert submitted.facts == (("attempt", 1),)


async def test_pages_follow_each_other(log):
    found, text = [], ""
    while True:
        page = await audit_page(GUO.actor, EventsAsked(size=4, cursor=text))
        found += [row.seq for row in page.rows]
        if page.next_cursor is None:
            break
        text = page.next_cursor
    assert found == [6, 5, 4, 3, 2, 1]
    with pytest.raises(CursorRefused):
        await seqs(cursor="x")


async def test_filters_leave_what_was_asked_for(log):
    assert await seqs(noun="visit") == [5, 3]
    assert await seqs(action="store.import") == [2]
    assert await seqs(since=date(2026, 11, 22)) == [6, 5]
    assert await seqs(until=date(2026, 11, 20)) == [2, 1]
    assert await seqs(since=date(2026, 11, 21), until=date(2026, 11, 21), noun="round") == [4]


async def test_words_name_people_and_things(log):
    assert await seqs(q=LI.name) == [6, 5, 3]
    assert await seqs(q=LI.pseudonym) == [5, 3]
    assert await seqs(q=CLUB.lower()) == [1]
    assert await seqs(q=ROUND) == [4]
    assert await seqs(q=f" {GUO.sign_in} ", noun="store") == [2, 1]
    assert await seqs(q="nobody at all") == []


@pytest.mark.parametrize("person", [each for each in CAST if each is not GUO])
async def test_nobody_else_reads_it(log, person):
    with pytest.raises(NotAllowed):
        await audit_page(person.actor, EventsAsked())


async def test_who_looks_after_a_part_does_not_see_the_whole(log):
    branch = msgspec.structs.replace(GUO.actor, region_path=WANG.actor.region_path)
    assert LANZHOU in branch.region_path
    for actor in (branch, msgspec.structs.replace(GUO.actor, region_path="")):
        with pytest.raises(NotFound):
            await audit_page(actor, EventsAsked())


async def test_ids_in_what_changed_are_shown_by_their_names(log, tools):
    changes = {
        "region_path": [WANG.actor.region_path, "/620000/nowhere/"],
        "inspector": [LI.account, None],
        "store": ["of another kind", 5],
    }
    async with tx():
        await audit.append(
            at=tools.now(),
            actor="",
            action="assignment.reassign",
            noun="assignment",
            noun_id=assignment_id(LI, CLUB),
            body={"changes": changes, "previous": round_id(ROUND)},
        )
    (row,) = (await audit_page(GUO.actor, EventsAsked(size=1))).rows
    assert row.about == f"{CLUB} 城关东方红客户俱乐部"
    assert row.changes == (
        Change("inspector", f"{LI.name} {LI.sign_in}", None),
        Change("region_path", "兰州 Lanzhou", "/620000/nowhere/"),
        Change("store", "of another kind", 5),
    )
    assert dict(row.facts)["previous"].startswith(ROUND)
