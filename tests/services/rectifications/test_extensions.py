"""More time: asked for before the deadline, decided by a numbered opinion, twice at most."""

import asyncio
from datetime import timedelta

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.rectifications.reply import Reply, ReplyPhoto
from inspection.domain.refusals import MoveRefused, NotFound
from inspection.domain.refusals.rectification import (
    ExtensionFormRefused,
    ExtensionRefused,
    LineChanged,
)
from inspection.persistence.rectifications.rectification_lines import find_line
from inspection.persistence.statements import run
from inspection.services.notices.notice_register import register_page
from inspection.services.rectifications.extension_papers import extension_paper
from inspection.services.rectifications.extensions import Decision, Wanted, ask, decide
from inspection.services.rectifications.rectification_details import line_detail, store_line
from inspection.services.rectifications.rectification_replies import reply
from tests.cast import CHEN, CLUB, DENG, GUO, WANG, ZHAO
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines, sent_photo

WANTED = Wanted(hours=48, reason="配件在途")
GRANT = Decision(grant=True, opinion="同意")


async def test_a_granted_request_moves_the_deadline_and_has_a_number(province):
    line, other = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    assert (asked.state, asked.number, asked.ordinal) == ("asked", "", 1)
    told = await decide(province, WANG.actor, asked.id, GRANT)
    assert told.due_after == line.due_at + timedelta(hours=48)
    assert (await find_line(line.id)).due_at == told.due_after
    assert told.number
    assert told.number != line.notice_number
    shown = await store_line(province, CHEN.actor, line.notice, line.number)
    assert (shown.extended, shown.extensions[0].opinion) == (True, "同意")
    (notice,) = await rows_of("notice")
    assert str(notice["first_due_at"])[:16] == str(other.due_at)[:16]


async def test_asking_twice_is_asking_once_and_deciding_twice_deciding_once(province):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    assert await ask(province, CHEN.actor, line.id, WANTED) == asked
    with pytest.raises(ExtensionRefused):
        await ask(province, CHEN.actor, line.id, Wanted(hours=24, reason="别的"))
    told = await decide(province, WANG.actor, asked.id, GRANT)
    assert await decide(province, WANG.actor, asked.id, GRANT) == told
    with pytest.raises(MoveRefused):
        await decide(province, GUO.actor, asked.id, GRANT)


async def test_more_time_is_granted_twice_at_most(province):
    line, _ = await issued_lines(province)
    for n in range(2):
        asked = await ask(province, CHEN.actor, line.id, Wanted(hours=24, reason=f"第{n}次"))
        await decide(province, WANG.actor, asked.id, Decision(grant=True, hours=72))
    assert (await find_line(line.id)).due_at == line.due_at + timedelta(hours=144)
    with pytest.raises(ExtensionRefused) as refused:
        await ask(province, CHEN.actor, line.id, WANTED)
    assert refused.value.faults[0].code == "extension.why.too_often"
    assert len({row["number"] for row in await rows_of("line_extension")}) == 2


async def test_a_refusal_needs_words_and_moves_nothing(province):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    with pytest.raises(ExtensionFormRefused):
        await decide(province, WANG.actor, asked.id, Decision(grant=False))
    told = await decide(province, WANG.actor, asked.id, Decision(grant=False, opinion="尽快"))
    assert (told.state, told.due_after) == ("refused", None)
    assert (await find_line(line.id)).due_at == line.due_at
    paper = await extension_paper(CHEN.actor, asked.id)
    assert (paper.number, paper.back) == (told.number, f"/notices/{line.notice}/lines/1")
    assert (await extension_paper(WANG.actor, asked.id)).back == f"/rectifications/{line.id}"


async def test_a_paper_is_there_once_it_has_a_number(province):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    for reader, missing in ((CHEN, asked.id), (CHEN, "nothing"), (DENG, asked.id)):
        with pytest.raises(NotFound):
            await extension_paper(reader.actor, missing)


async def test_what_is_asked_is_checked(province):
    line, _ = await issued_lines(province)
    with pytest.raises(ExtensionFormRefused) as refused:
        await ask(province, CHEN.actor, line.id, Wanted(hours=5, reason=" "))
    assert [fault.pointer for fault in refused.value.faults] == ["/hours", "/reason"]


async def test_it_is_too_late_after_the_deadline(province, clock):
    line, _ = await issued_lines(province)
    clock.go_on(hours=25)
    with pytest.raises(ExtensionRefused) as refused:
        await ask(province, CHEN.actor, line.id, WANTED)
    assert refused.value.faults[0].code == "extension.why.too_late"


async def test_a_critical_line_gets_no_more_time(province):
    (line,) = await issued_lines(province, losses=("KC-E-07",))
    with pytest.raises(ExtensionRefused) as refused:
        await ask(province, CHEN.actor, line.id, WANTED)
    assert refused.value.faults[0].code == "extension.why.veto"


async def test_working_hours_are_added_in_working_time(province):
    line, _ = await issued_lines(province)
    await run("UPDATE notice_line SET hours_kind = 'working'")
    asked = await ask(province, CHEN.actor, line.id, Wanted(hours=24, reason="周末"))
    told = await decide(province, WANG.actor, asked.id, GRANT)
    assert told.due_after > line.due_at + timedelta(hours=24)


async def test_a_line_that_was_settled_gets_no_opinion(province):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    await a_reply(province, line.id)
    await accept(province, line.id)
    with pytest.raises(LineChanged):
        await decide(province, WANG.actor, asked.id, GRANT)


async def test_other_regions_and_nobody_have_no_request(province, monkeypatch):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    for who, request in ((ZHAO, asked.id), (WANG, "nothing")):
        with pytest.raises(NotFound):
            await decide(province, who.actor, request, GRANT)

    async def gone(_):
        return None

    monkeypatch.setattr(
        "inspection.persistence.rectifications.line_extensions.lock_extension", gone
    )
    with pytest.raises(NotFound):
        await decide(province, WANG.actor, asked.id, GRANT)


async def test_a_decision_and_a_reply_at_once_both_count(province):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    said = Reply(measure="好", photos=(ReplyPhoto(sha256=await sent_photo(province)),))
    told, receipt = await asyncio.gather(
        decide(province, WANG.actor, asked.id, GRANT), reply(province, CHEN.actor, line.id, said)
    )
    assert receipt.counted
    assert told.state == "granted"
    detail = await line_detail(province, WANG.actor, line.id)
    assert (detail.state, detail.due_at) == ("submitted", told.due_after)


async def test_two_decisions_at_once_have_one_winner(province):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    outcomes = await asyncio.gather(
        decide(province, WANG.actor, asked.id, GRANT),
        decide(province, GUO.actor, asked.id, Decision(grant=False, opinion="不行")),
        return_exceptions=True,
    )
    assert len([each for each in outcomes if isinstance(each, MoveRefused)]) == 1
    assert (await find_line(line.id)).due_at in {line.due_at, line.due_at + timedelta(hours=48)}


async def test_an_opinion_stands_in_the_register_with_its_store(province):
    line, _ = await issued_lines(province)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    await decide(province, WANG.actor, asked.id, GRANT)
    first = await register_page(WANG.actor, "", ListAsked())
    assert [each.kind for each in first.counters] == ["notice", "extension"]
    assert first.chosen == first.counters[0]
    found = await register_page(WANG.actor, first.counters[1].key, ListAsked(q=CLUB))
    assert [(row.state, row.store_code, row.reason) for row in found.page.rows] == [
        ("granted", CLUB, "同意")
    ]
