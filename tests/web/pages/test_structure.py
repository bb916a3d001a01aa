"""What holds for every page: found by following every link from each person's home."""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from inspection.domain.refusals import AssignmentCancelled, BodyRefused
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.statements import run
from inspection.services.notices.notice_prints import keep_print
from inspection.services.notices.notices import acknowledge_notice
from inspection.services.visits.settlements import Wish, parked_page, settle_parked
from tests.cast import CHEN, CLUB, GUO, HALL, LI, SUN, WANG
from tests.reviewing import (
    TWO_LOSSES,
    a_draft,
    a_visit,
    an_issued,
    another_assignment,
    send_back,
    send_photo,
)
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage
from tests.web.pages.page_rules import classes, faults

PEOPLE = (SUN, WANG, CHEN, GUO)
MOST_PAGES = 1000
"""Twice as many as there are: a walk that goes on past them never ends."""


MOST_OF_A_KIND = {"zh-CN": 60, "en": 12}
"""Pages that differ in ids and filters alone: every one in one language, a dozen in the other."""


ID = re.compile(r"/(?=[^/]*\d)[^/]+")
ALL_OURS = ("/ranking", "/stores", "/visits?", "/notices?")
"""Pages whose words are ours alone, and some of them in Chinese."""


OURS = ("得分", "失分", "名次", "签发", "返回", "退出登录", "查看", "待审核", "检查项", "合计")


@pytest.fixture
async def busy(app, tools, clock):
    """A day's work: something in every state."""
    photo = a_photo()
    issued = await an_issued(tools, "printed", losses=TWO_LOSSES)
    await keep_print(tools, issued.id, b"%PDF-1.7 printed", "a" * 64, 2)
    await acknowledge_notice(tools, CHEN.actor, issued.id)
    clock.go_on(hours=1)
    again = await another_assignment(tools, LI, CLUB, "again")
    await an_issued(tools, "again", assignment=again)
    drafted = await another_assignment(tools, LI, CLUB, "draft")
    await a_draft(tools, "draft", assignment=drafted)
    returned = await another_assignment(tools, LI, CLUB, "back")
    await send_back(tools, await a_visit(tools, "back", assignment=returned))
    waiting = await another_assignment(tools, LI, CLUB, "wait")
    await a_visit(tools, "wait", assignment=waiting, pictures=(photo,))
    await send_photo(tools, photo)
    await a_visit(tools, "hall", store=HALL, losses=("KH-V-04",))
    await refused_visits(tools)


async def refused_visits(tools):
    """One that may be accepted after all, one that may not, one that is settled."""
    gone = await another_assignment(tools, LI, CLUB, "gone")
    await run("UPDATE assignment SET state = 'cancelled' WHERE id = ?", gone)
    with pytest.raises(AssignmentCancelled):
        await a_visit(tools, "gone", assignment=gone)
    for name in ("odd", "settled"):
        with pytest.raises(BodyRefused):
            await a_visit(tools, name, total=100)
    (latest, *_) = (await parked_page(GUO.actor)).rows
    wish = Wish(settlement=Settlement.NOTED, note="已请检查员更新应用")
    await settle_parked(tools, GUO.actor, latest.id, wish)


def known_as(address):
    """The path of an address, and what tells its page from others."""
    parts = urlsplit(address)
    said = {p for p in parts.query.split("&") if "lang=" not in p}
    if parts.path.startswith("/visits/"):
        # Where in the queue one came from changes nothing but the ways on.
        said = {p for p in said if not p.startswith(("sort=", "state="))}
    # An order of a list is looked at once, not beside every filter.
    return parts.path, (parts.path, frozenset({p for p in said if p.startswith("sort=")} or said))


async def walk(visitor, language):
    """Every page within reach of the person's home, by address without what was clicked last."""
    home = (await visitor.get("/")).headers["location"]
    left, seen, pages = [f"{home}?lang={language}"], set(), {}
    kinds = Counter()
    while left:
        address = left.pop(0)
        path, known = known_as(address)
        if known in seen or path == "/" or path.startswith(("/app", "/static")):
            continue
        seen.add(known)
        kind = ID.sub("", path)
        kinds[kind] += 1
        if kinds[kind] > MOST_OF_A_KIND[language]:
            continue
        answer = await visitor.get(address)
        assert answer.status_code == 200, (address, answer.status_code, answer.text)
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        pages[address] = page = HtmlPage(answer)
        left += [link for link in page.links() if link.startswith("/") and "lang=" not in link]
        left += [tag["src"] for tag in page.all("img")]
        assert len(pages) < MOST_PAGES
    return pages


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.sign_in)
async def test_every_link_leads_to_a_page_that_keeps_the_rules(signed_in, busy, person, language):
    pages = await walk(await signed_in(person), language)
    assert len(pages) > 3
    styled = classes()
    for address, page in pages.items():
        assert page.one("html")["lang"] == language, address
        assert faults(page, styled) == [], address
        if language == "en" and address.startswith(ALL_OURS):
            assert [word for word in OURS if word in page.text] == [], address


async def test_the_sign_in_page_keeps_the_rules(visitor):
    assert faults(HtmlPage(await visitor.get("/sign-in")), classes()) == []
