"""By when a store has to act, as every page about a notice says it: an appeal stops the clock."""

from datetime import timedelta

import pytest

from inspection.domain.deadline import SHANGHAI
from inspection.persistence.rectifications import overdue_lines
from inspection.services.rectifications.extensions import Decision, Wanted, ask, decide
from tests.appealing import a_delivered, filed
from tests.cast import CHEN, WANG
from tests.rectifying import a_reply, issued_lines
from tests.web.html_page import HtmlPage

STANDS = "申诉中，暂停计时"
RED = {"late", "due--late"}


@pytest.fixture
async def past(app, tools, clock):
    """A notice of one line, a day past its deadline."""
    notice = await a_delivered(tools, losses=("KC-E-01",))
    (line,) = await overdue_lines.due_lines_of(notice)

    async def pass_by():
        clock.time = line.due_at + timedelta(days=1)

    return notice, line, pass_by


async def pages_of(signed_in, notice):
    wang, chen = await signed_in(WANG), await signed_in(CHEN)
    addresses = ("/notices", f"/notices/{notice}")
    return [HtmlPage(await caller.get(path)) for caller in (wang, chen) for path in addresses]


def is_late(page):
    return any(RED & {*(tag.get("class") or "").split()} for tag in page.tags)


async def test_a_late_notice_is_late_on_every_page(signed_in, past):
    notice, _, pass_by = past
    await pass_by()
    for page in await pages_of(signed_in, notice):
        assert is_late(page)
        assert STANDS not in page.text


async def test_one_all_in_appeal_is_late_on_none(signed_in, tools, past):
    notice, _, pass_by = past
    await filed(tools, notice)
    await pass_by()
    for page in await pages_of(signed_in, notice):
        assert STANDS in page.text
        assert not is_late(page)
        assert "项要整改" not in page.text


async def test_one_that_was_answered_is_late_on_none(signed_in, tools, past):
    notice, line, pass_by = past
    await a_reply(tools, line.id)
    await pass_by()
    for page in await pages_of(signed_in, notice):
        assert not is_late(page)
        assert "项要整改" not in page.text


async def test_a_store_is_not_told_to_mend_what_it_answered_or_disputes(signed_in, tools, past):
    notice, _, pass_by = past
    await pass_by()
    chen = await signed_in(CHEN)
    assert "1 项要整改，最近截止" in HtmlPage(await chen.get("/notices")).text
    await filed(tools, notice)
    assert "项要整改" not in HtmlPage(await chen.get("/notices")).text


def heads_of(page):
    """What stands over the problems of a notice."""
    return [tag.text for tag in page.all("h2", class_="sect-t")][:-3]


async def test_a_problem_stands_under_the_deadline_it_has_by_now(signed_in, app, tools):
    first, second, third = await issued_lines(tools, losses=("KC-E-01", "KC-M-01", "KC-M-02"))
    for line, opinion in ((first, "同意"), (second, "不同意")):
        asked = await ask(tools, CHEN.actor, line.id, Wanted(hours=72, reason="配件在途"))
        said = Decision(grant=line is first, opinion=opinion)
        told = await decide(tools, WANG.actor, asked.id, said)
        assert (told.due_after is None) == (line is second)
    chen, address = await signed_in(CHEN), f"/notices/{first.notice}"
    await chen.get(address)
    await filed(tools, first.notice, third.number)
    heads = heads_of(HtmlPage(await chen.get(address)))
    assert ["期限已顺延" in head for head in heads] == [False, True, False]
    assert [STANDS in head for head in heads] == [False, False, True]
    day = (first.due_at + timedelta(hours=72)).astimezone(SHANGHAI)
    assert f"{day:%m-%d}" in heads[1]
