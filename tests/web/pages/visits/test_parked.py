"""/parked: what was refused after it arrived whole, and settling it."""

import pytest

from inspection.domain.refusals import AssignmentCancelled, BodyRefused
from inspection.persistence.statements import run
from inspection.wording import Language, say
from tests.cast import CHEN, GUO, LI, SUN, WANG
from tests.receiving import rows_of, send, send_bytes
from tests.submissions import VISIT, a_submission, encoded
from tests.web.api.problems import problem
from tests.web.html_page import HtmlPage


@pytest.fixture
async def cancelled(app, tools):
    """The id of a visit refused because its assignment was cancelled meanwhile."""
    await run("UPDATE assignment SET state = 'cancelled'")
    with pytest.raises(AssignmentCancelled):
        await send(tools, a_submission())
    (row,) = await rows_of("parked")
    return row["id"]


@pytest.fixture
async def unreadable(app, tools):
    """The id of content that does not have the right form."""
    with pytest.raises(BodyRefused):
        await send_bytes(tools, encoded(a_submission(total=100)))
    (row,) = await rows_of("parked")
    return row["id"]


@pytest.mark.parametrize("person", [LI, SUN, WANG, CHEN])
async def test_only_administrators_come_here(signed_in, cancelled, person):
    somebody = await signed_in(person)
    for path in ("/parked", f"/parked/{cancelled}"):
        assert (await somebody.get(path)).status_code == 403
    settled = f"/parked/{cancelled}/settled"
    answer = await somebody.submit(settled, {"settlement": "noted", "note": "x"})
    assert answer.status_code == 403


@pytest.mark.parametrize("language", Language)
async def test_the_list_says_what_why_who_and_when(signed_in, cancelled, language):
    page = HtmlPage(await (await signed_in(GUO)).get(f"/parked?lang={language.value}"))
    for words in (
        "城关东方红客户俱乐部",
        say(language, "parked_why.visit.assignment_cancelled"),
        "A-017",
        "11-18 09:00",
    ):
        assert words in page.text
    assert LI.name not in page.text
    assert f"/parked/{cancelled}" in page.links()
    assert f"/api/parked/{cancelled}" in page.links()


async def test_an_empty_list_says_so(signed_in):
    page = HtmlPage(await (await signed_in(GUO)).get("/parked?lang=en"))
    assert say(Language.EN, "parked.none") in page.text
    settled = HtmlPage(await (await signed_in(GUO)).get("/parked?state=settled&lang=en"))
    assert say(Language.EN, "parked.none_settled") in settled.text


async def test_every_place_that_was_named_is_worded(signed_in, unreadable):
    page = HtmlPage(await (await signed_in(GUO)).get(f"/parked/{unreadable}?lang=en"))
    assert "/total" in page.text
    assert say(Language.EN, "body.unknown_field") in page.text
    assert "accepted" not in page.source


async def test_a_note_settles_and_leads_back_to_the_list(signed_in, unreadable):
    guo = await signed_in(GUO)
    fields = {"settlement": "noted", "note": "已请检查员更新应用"}
    answer = await guo.submit(f"/parked/{unreadable}/settled", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/parked?said=settled")
    assert say(Language.EN, "said.settled") in (await guo.get("/parked?said=settled")).text
    settled = HtmlPage(await guo.get("/parked?state=settled"))
    assert "已请检查员更新应用" in settled.text
    page = HtmlPage(await guo.get(f"/parked/{unreadable}"))
    assert "已请检查员更新应用" in page.text
    assert [form.action for form in page.forms if "settled" in form.action] == []


async def test_a_cancelled_visit_is_accepted_after_all(signed_in, cancelled):
    guo = await signed_in(GUO)
    fields = {"settlement": "accepted", "note": "任务误取消"}
    answer = await guo.submit(f"/parked/{cancelled}/settled", fields)
    assert answer.headers["location"] == "/parked?said=accepted"
    assert [row["id"] for row in await rows_of("visit")] == [VISIT]


async def test_a_refused_settlement_comes_back_with_what_was_typed(signed_in, cancelled):
    guo = await signed_in(GUO)
    await run("UPDATE round SET state = 'locked'")
    fields = {"settlement": "accepted", "note": "任务误取消"}
    answer = await guo.submit(f"/parked/{cancelled}/settled", fields)
    assert answer.status_code == 409
    page = HtmlPage(answer)
    assert page.one("textarea").text == "任务误取消"
    assert say(Language.EN, "parked.refused_still") in page.text
    assert say(Language.EN, "parked_why.visit.round_locked") in page.text
    empty = await guo.submit(f"/parked/{cancelled}/settled", {"settlement": "noted", "note": " "})
    assert empty.status_code == 422
    assert say(Language.EN, "parked.note_missing") in empty.text


@pytest.mark.parametrize(("query", "found"), [("q=东方红", 1), ("q=nowhere", 0), ("sort=why", 1)])
async def test_the_list_is_searched_and_sorted_and_goes_out_so(signed_in, cancelled, query, found):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(f"/parked?{query}"))
    assert (f"/parked/{cancelled}" in page.links()) is bool(found)
    lines = (await guo.get(f"/parked?{query}&format=csv")).text.strip().splitlines()
    assert len(lines) == found + 1


async def test_programs_settle_too(signed_in, cancelled):
    guo, path = await signed_in(GUO), f"/api/parked/{cancelled}/settled"
    asked = {"settlement": "accepted", "note": "任务误取消"}
    answer = await guo.post(path, json=asked)
    assert answer.status_code == 200
    said = answer.json()
    assert (said["id"], said["settlement"], said["note"], said["settled_by"]) == (
        cancelled,
        "accepted",
        "任务误取消",
        GUO.name,
    )
    assert (await guo.post(path, json=asked)).json() == said
    problem(await guo.post(path, json=asked | {"note": "x"}), 409, "parked.settled_before")
    assert (await guo.get("/api/parked")).json() == {"parked": []}


async def test_programs_are_refused_in_words(signed_in, unreadable):
    guo = await signed_in(GUO)
    path = f"/api/parked/{unreadable}/settled"
    asked = {"settlement": "accepted", "note": "x"}
    problem(await guo.post(path, json=asked), 409, "parked.unacceptable")
    said = problem(await guo.post(path, json={"settlement": "gone"}), 422, "request.invalid")
    assert {fault["pointer"] for fault in said["errors"]} == {"/settlement", "/note"}
    problem(await guo.post("/api/parked/none/settled", json=asked), 404, "missing")
    problem(await (await signed_in(LI)).post(path, json=asked), 403, "access.forbidden")
