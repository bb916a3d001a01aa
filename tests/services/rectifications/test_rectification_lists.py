"""The desk's list of lines: what waits for what, what is next, how many passed at once."""

from datetime import timedelta

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import CursorRefused, NotAllowed, NotFound
from inspection.persistence.rectifications.line_pauses import LinePauseRow, begin_pause, end_pauses
from inspection.persistence.statements import run
from inspection.services.rectifications.extensions import Wanted, ask
from inspection.services.rectifications.rectification_details import line_detail
from inspection.services.rectifications.rectification_lists import (
    LinesAsked,
    line_export,
    line_list,
    turn_of,
)
from inspection.wording import Language
from tests.cast import CHEN, CHENGGUAN, DENG, GUO, LANZHOU, MA, QINZHOU_CLUB, ROUND, WANG, ZHAO
from tests.makers import REGION_PATHS
from tests.rectifying import a_reply, accept, issued_lines, send_back
from tests.reviewing import another_assignment


def asked(tab="", **parts):
    listed = {name: parts.pop(name) for name in ("q", "sort", "cursor", "size") if name in parts}
    return LinesAsked(asked=ListAsked(**listed), tab=tab, **parts)


async def found(province, tab="", who=WANG, **parts):
    return [
        (row.line.item, row.line.state.value)
        for row in (await line_list(province, who.actor, asked(tab, **parts))).rows
    ]


async def test_lines_are_listed_by_what_they_wait_for(province, clock):
    first, second = await issued_lines(province)
    await a_reply(province, first.id)
    assert await found(province, "submitted") == [(first.item, "submitted")]
    assert await found(province, "open") == [(second.item, "open")]
    await ask(province, CHEN.actor, second.id, Wanted(hours=24, reason="配件"))
    assert await found(province, "asking") == [(second.item, "open")]
    assert await found(province, "overdue") == []
    clock.go_on(hours=25)
    assert await found(province, "overdue") == [(second.item, "open")]
    await send_back(province, first.id)
    listed = await line_list(province, WANG.actor, asked())
    counts = listed.counts
    assert (counts.overdue, counts.returned, counts.open, counts.asking) == (2, 1, 1, 1)
    assert all(row.clock.overdue for row in listed.rows)
    assert listed.rows[0].store.name == "城关东方红客户俱乐部"


async def test_lines_are_found_by_words_item_round_and_region(province):
    first, second = await issued_lines(province)
    assert await found(province, q=first.item.lower()) == [(first.item, "open")]
    assert await found(province, item=second.item) == [(second.item, "open")]
    assert len(await found(province, round=ROUND)) == 2
    assert await found(province, round="1999-01") == []
    assert await found(province, who=ZHAO) == []
    assert len(await found(province, who=GUO, region=REGION_PATHS[CHENGGUAN])) == 2
    with pytest.raises(NotFound):
        await found(province, who=ZHAO, region=REGION_PATHS[LANZHOU])
    with pytest.raises(NotAllowed):
        await found(province, who=CHEN)


async def test_pages_follow_each_other(province):
    await issued_lines(province)
    first = await line_list(province, WANG.actor, asked(size=1, sort="item"))
    second = await line_list(
        province, WANG.actor, asked(size=1, sort="item", cursor=first.next_cursor)
    )
    assert first.rows[0].line.item < second.rows[0].line.item
    assert second.next_cursor is None
    with pytest.raises(CursorRefused):
        await line_list(province, WANG.actor, asked(cursor="damaged"))


async def test_drafts_and_replaced_notices_are_not_listed(province):
    first, *_ = await issued_lines(province)
    await run("UPDATE notice SET state = 'superseded' WHERE id = ?", first.notice)
    assert await found(province) == []


async def test_lines_to_verify_follow_each_other(province):
    first, second = await issued_lines(province)
    nothing = await turn_of(WANG.actor, first.id)
    assert (nothing.place, nothing.of, nothing.after) == (0, 0, None)
    await a_reply(province, first.id)
    assert (await turn_of(WANG.actor, second.id)).after == first.id
    await a_reply(province, second.id, 61)
    turns = [await turn_of(WANG.actor, line.id) for line in (first, second)]
    assert [(t.place, t.of, t.before, t.after) for t in turns] == [
        (1, 2, None, second.id),
        (2, 2, first.id, None),
    ]


async def test_the_pass_rate_counts_first_replies(province):
    first, second = await issued_lines(province)
    assert (await line_list(province, WANG.actor, asked())).rate.verified == 0
    await a_reply(province, first.id)
    await accept(province, first.id)
    await a_reply(province, second.id, 61)
    await send_back(province, second.id)
    await a_reply(province, second.id, 62)
    await accept(province, second.id)
    elsewhere = await another_assignment(province, MA, QINZHOU_CLUB, "r")
    (line, _) = await issued_lines(
        province, "there", visitor=MA, store=QINZHOU_CLUB, assignment=elsewhere, by=ZHAO
    )
    await a_reply(province, line.id, 63, DENG)
    await accept(province, line.id, ZHAO)
    sought = await line_list(province, WANG.actor, asked(q="KH"))
    assert (sought.rate, sought.rates) == (None, ())
    here = await line_list(province, WANG.actor, asked())
    assert (here.rate.first, here.rate.verified, len(here.rates)) == (1, 2, 1)
    whole = await line_list(province, GUO.actor, asked())
    assert (whole.rate.first, whole.rate.verified) == (2, 3)
    assert [(rate.name.zh, rate.first, rate.verified) for rate in whole.rates] == [
        ("兰州", 1, 2),
        ("天水", 1, 1),
    ]


async def test_the_list_goes_out_as_a_file(province, clock):
    await issued_lines(province)
    clock.go_on(hours=25)
    export = line_export(province, WANG.actor, asked("overdue"), Language.EN)
    rows = [row async for page in export.pages for row in page]
    assert (export.noun, len(rows), len(export.headings)) == ("rectification", 2, len(rows[0]))
    assert rows[0][11] == "Being mended · Overdue"


async def test_an_item_the_rubric_lacks_is_named_by_its_code(province):
    first, *_ = await issued_lines(province)
    await run("UPDATE notice_line SET item = 'XX-1' WHERE id = ?", first.id)
    rows = (await line_list(province, WANG.actor, asked(item="XX-1"))).rows
    assert [row.title.zh for row in rows] == ["XX-1"]
    with pytest.raises(NotFound):
        await line_detail(province, WANG.actor, first.id)


async def test_a_line_an_appeal_stops_is_not_late(province, clock):
    first, second = await issued_lines(province)
    pause = LinePauseRow(id="pause-1", line=first.id, since=clock(), cause="appeal-1")
    await begin_pause(pause)
    clock.go_on(hours=30)
    assert await found(province, "overdue") == [(second.item, "open")]
    listed = await line_list(province, WANG.actor, asked(item=first.item))
    (row,) = listed.rows
    assert (row.clock.disputed, row.clock.overdue, listed.counts.overdue) == (True, False, 0)
    await end_pauses("appeal-1", clock())
    clock.go_on(hours=20)
    assert await found(province, "overdue") == [(second.item, "open")]
    (row,) = (await line_list(province, WANG.actor, asked(item=first.item))).rows
    assert row.clock.due_at == first.due_at + timedelta(hours=30)
    clock.go_on(hours=5)
    assert len(await found(province, "overdue")) == 2
