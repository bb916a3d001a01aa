"""/audit: what was done, by whom, as it was and as it is; and having its chain recomputed."""

from datetime import timedelta

import pytest

from inspection.documents.press import Press
from inspection.jobs.bench import Bench
from inspection.jobs.kinds import KINDS
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.services.audit.audit_checks import VERIFY
from inspection.services.changes import record
from inspection.wording import Language, say
from tests.cast import CHEN, CLUB, GUO, LI, SUN, WANG, store_id
from tests.web.html_page import HtmlPage


@pytest.fixture
async def edited(app, tools):
    """A store whose name was changed."""
    async with tx():
        changes = {"name": ["东方红<b>店", "东方红俱乐部"], "address": [None, ["a", 1]]}
        subject = ("store", store_id(CLUB))
        await record(tools, GUO.actor, "store.edit", subject, {"changes": changes, "added": 2})


@pytest.mark.parametrize("person", [LI, SUN, WANG, CHEN])
async def test_only_administrators_come_here(signed_in, edited, person):
    somebody = await signed_in(person)
    assert (await somebody.get("/audit")).status_code == 403
    assert (await somebody.submit("/audit/checks", {"part": "whole"})).status_code == 403


@pytest.mark.parametrize("language", Language)
async def test_the_log_says_who_what_and_both_sides(signed_in, edited, language):
    page = HtmlPage(await (await signed_in(GUO)).get(f"/audit?lang={language.value}&q={CLUB}"))
    for words in (GUO.name, "东方红<b>店", "东方红俱乐部", CLUB, say(language, "audit.nothing")):
        assert words in page.text
    assert say(language, "audit.never") in page.text


async def test_days_and_words_that_mean_nothing_find_everything(signed_in, edited):
    somebody = await signed_in(GUO)
    page = HtmlPage(await somebody.get("/audit?since=yesterday&until=0001-01-01&noun="))
    assert "东方红俱乐部" in page.text
    nothing = HtmlPage(await somebody.get("/audit?q=nobody-at-all"))
    assert say(Language.EN, "list.none") in nothing.text


async def test_the_chain_is_recomputed_and_the_page_says_what_was_found(signed_in, edited, tools):
    somebody = await signed_in(GUO)
    answer = await somebody.submit("/audit/checks", {"part": "whole"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/audit?said=checking")
    page = HtmlPage(await somebody.get("/audit"))
    assert say(Language.EN, "audit.checking") in page.text
    (kind,) = [kind for kind in KINDS if kind.name == VERIFY]
    (job,) = await jobs.claim(tools.now(), timedelta(seconds=kind.seconds), (VERIFY,), 1)
    await kind.run(Bench(tools, Press({})), job)
    await jobs.finish(job, tools.now())
    page = HtmlPage(await somebody.get("/audit"))
    assert "is intact" in page.text
    assert say(Language.EN, "audit.checking") not in page.text


async def test_the_phones_bar_leads_to_the_second_part(signed_in):
    somebody = await signed_in(GUO)
    page = HtmlPage(await somebody.get("/more"))
    assert "/audit" in page.links()
    inside = [tag.attributes["href"] for tag in page.inside(page.one("main"), "a")]
    aside = [tag.attributes["href"] for tag in page.all("a", class_="side__aside")]
    assert aside == ["/appeals", "/rounds", "/bulletins", "/parked"]
    assert inside[:4] == aside
    page = HtmlPage(await somebody.get("/rounds"))
    assert page.one("a", class_="side__more").attributes["aria-current"] == "page"
    other = await signed_in(LI)
    assert (await other.get("/more")).status_code == 404
