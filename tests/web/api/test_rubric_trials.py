"""/api/rubric-drafts/{id}/trials, and the page the editor frames."""

import pytest

from inspection.services.rubrics.rubric_drafts import draft_of, start_draft
from inspection.web.pages.script_words import json_block, words_block
from tests.cast import GUO, LI, SUN, WANG
from tests.makers import publish_rubrics
from tests.rubric_drafting import changed
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage


@pytest.fixture
async def draft(app, tools):
    """The id of a draft of the club rubric."""
    return await start_draft(tools, GUO.actor, (await publish_rubrics(tools))["customer_club"])


async def test_strangers_and_other_roles_are_kept_out(visitor, signed_in, draft):
    for address in (f"/api/rubric-drafts/{draft}/trials", f"/rubric-drafts/{draft}/preview"):
        method = "POST" if address.startswith("/api") else "GET"
        assert (await visitor.send(method, address)).status_code in (401, 303)
        assert (await (await signed_in(LI)).send(method, address)).status_code == 403


async def test_a_missing_draft_is_missing(signed_in, app):
    guo = await signed_in(GUO)
    body = {"document": {}, "answers": []}
    answer = await guo.post("/api/rubric-drafts/none/trials", json=body)
    assert answer.status_code == 404
    assert (await guo.get("/rubric-drafts/none/preview")).status_code == 404


async def test_a_bad_answer_names_its_place(signed_in, draft):
    guo = await signed_in(GUO)
    body = {"document": {}, "answers": [{"item": "A", "verdict": "maybe"}]}
    answer = await guo.post(f"/api/rubric-drafts/{draft}/trials", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/answers/0/verdict"


async def test_answers_come_back_with_their_score(signed_in, draft):
    sun = await signed_in(SUN)
    document = (await draft_of(GUO.actor, draft)).document
    answers = [{"item": "KC-M-01", "verdict": "loss", "count": 1}]
    body = {"document": document, "answers": answers}
    trial = (await sun.post(f"/api/rubric-drafts/{draft}/trials", json=body)).json()
    card = trial["card"]
    assert (trial["faults"], card["total"], card["lost"]) == (0, 9900, 100)
    assert (card["outcome"], card["answered"], card["items"]) == ("pass", 1, 37)
    assert [section["lost"] for section in card["sections"]] == [0, 0, 0, 100, 0, 0, 0]
    assert trial["steps"][0].startswith("KC-M-01")
    body = {"document": {}, "answers": []}
    trial = (await sun.post(f"/api/rubric-drafts/{draft}/trials", json=body)).json()
    assert (trial["card"], trial["steps"]) == (None, [])
    assert trial["faults"] > 10


async def test_who_may_edit_gets_the_editor_and_everybody_the_draft_to_read(signed_in, draft):
    page = HtmlPage(await (await signed_in(GUO)).get(f"/rubric-drafts/{draft}?lang=en"))
    (editor,) = page.all("div", id="rubric-editor")
    assert (editor["data-draft"], editor["data-account"]) == (draft, GUO.account)
    assert editor["data-csrf"]
    assert "Interior cleanliness" in editor.text
    assert "/static/desk/rubric/main.js" in page.source
    read = HtmlPage(await (await signed_in(SUN)).get(f"/rubric-drafts/{draft}?lang=en"))
    assert read.all("div", id="rubric-editor") == []
    assert "Interior cleanliness" in read.text


async def test_the_preview_may_be_framed_by_us_alone(signed_in, draft):
    guo = await signed_in(GUO)
    answer = await guo.get(f"/rubric-drafts/{draft}/preview")
    assert answer.status_code == 200
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" not in answer.headers["content-security-policy"]


def test_nothing_in_a_block_of_json_ends_the_block():
    block = json_block("facts", ["</script><b>&"])
    assert "</script><b>" not in block
    assert block.count("</script>") == 1
    assert "\\u003c/script\\u003e\\u003cb\\u003e\\u0026" in block


def test_a_block_of_words_has_those_asked_for():
    block = words_block("words", "en", "rubric_editor.sum")
    assert '"rubric_editor.sum_right":"Adds up"' in block
    assert "rubric_editor.undo" not in block


async def test_a_reference_photo_goes_in_once_and_comes_out_everywhere(signed_in, draft):
    guo, octets = await signed_in(GUO), {"content-type": "application/octet-stream"}
    address = f"/api/rubric-drafts/{draft}/photos"
    wrong = await guo.send("POST", address, json={})
    assert (wrong.status_code, wrong.json()["code"]) == (415, "request.media_type")
    sent = await guo.send("POST", address, content=a_photo(1), headers=octets)
    assert sent.status_code == 201
    sha256 = sent.json()["sha256"]
    found = (await guo.get(f"/api/rubric-drafts/{draft}")).json()
    document = changed(found["document"], ("sections", 0, "items", 0, "photos"), [sha256])
    document["sections"][0]["items"][0]["responsible"] = {"zh": "店长", "en": "Store manager"}
    kept = await guo.send(
        "PUT", f"/api/rubric-drafts/{draft}", json={"seen": 0, "document": document}
    )
    assert kept.json()["faults"] == []
    page = HtmlPage(await guo.get(f"/rubric-drafts/{draft}?lang=en"))
    assert f"/rubrics/photos/{sha256}.jpg" in page.links()
    assert "Store manager" in page.text
    for person, at in (
        (LI, f"/api/rubric-photos/{sha256}"),
        (WANG, f"/rubrics/photos/{sha256}.jpg"),
    ):
        photo = await (await signed_in(person)).get(at)
        assert (photo.status_code, photo.headers["content-type"]) == (200, "image/jpeg")
        assert "immutable" in photo.headers["cache-control"]
    assert (await guo.get(f"/rubrics/photos/{sha256}.png")).status_code == 404
