"""/api/rubric-drafts: what the editing screen reads, keeps and has checked."""

import pytest

from inspection.domain.rubrics.rubric_document import LARGEST_DOCUMENT
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.services.rubrics.rubric_drafts import start_draft
from tests.cast import GUO, LI, SUN
from tests.domain.sheets import KC
from tests.makers import publish_rubrics
from tests.rubric_drafting import changed


@pytest.fixture
async def draft(app, tools):
    """The id of a draft of the club rubric."""
    digests = await publish_rubrics(tools)
    return await start_draft(tools, GUO.actor, digests["customer_club"])


async def test_strangers_and_other_roles_are_kept_out(visitor, signed_in, draft):
    assert (await visitor.get(f"/api/rubric-drafts/{draft}")).status_code == 401
    li, sun = await signed_in(LI), await signed_in(SUN)
    assert (await li.get(f"/api/rubric-drafts/{draft}")).status_code == 403
    assert (await sun.get(f"/api/rubric-drafts/{draft}")).status_code == 200
    body = {"seen": 0, "document": {}}
    assert (await sun.send("PUT", f"/api/rubric-drafts/{draft}", json=body)).status_code == 403


async def test_what_is_missing_is_missing(signed_in, app):
    guo = await signed_in(GUO)
    body = {"seen": 0, "document": {}}
    assert (await guo.get("/api/rubric-drafts/none")).status_code == 404
    assert (await guo.send("PUT", "/api/rubric-drafts/none", json=body)).status_code == 404
    answer = await guo.post("/api/rubric-drafts/none/checks", json={"document": {}})
    assert answer.status_code == 404


async def test_a_draft_is_read_kept_and_read_again(signed_in, draft):
    guo = await signed_in(GUO)
    found = (await guo.get(f"/api/rubric-drafts/{draft}")).json()
    assert (found["document"], found["seen"], found["can_edit"]) == (document_of(KC), 0, True)
    document = changed(found["document"], ("sections", 0, "full"), "21")
    body = {"seen": 0, "document": document}
    kept = await guo.send("PUT", f"/api/rubric-drafts/{draft}", json=body)
    assert kept.status_code == 200
    report = kept.json()
    assert (report["seen"], report["state"]) == (1, "editing")
    assert report["faults"][0] == {
        "path": "full",
        "code": "rubric.sections_do_not_add_up",
        "detail": "The sections add up to 101, the full marks say 100. Make them equal.",
    }
    assert report["sums"]["sections"][0] == {
        "path": "sections/0",
        "code": "KC-E",
        "full": 2100,
        "together": 2000,
        "items": 7,
    }
    assert (await guo.get(f"/api/rubric-drafts/{draft}")).json()["document"] == document


@pytest.mark.parametrize(
    ("field", "value", "detail"),
    [
        (
            "full",
            "1e999",
            '"marks" must be a number with at most two decimals, such as 0.5. Correct it.',
        ),
        ("code", "x", 'The code "x" is not written like KC-E-01. Change it.'),
    ],
)
async def test_a_fault_is_said_as_the_editor_shows_it(signed_in, draft, field, value, detail):
    guo = await signed_in(GUO)
    document = changed(document_of(KC), ("sections", 0, "items", 0, field), value)
    answer = await guo.post(f"/api/rubric-drafts/{draft}/checks", json={"document": document})
    assert detail in [fault["detail"] for fault in answer.json()["faults"]]


async def test_an_old_wording_is_a_conflict(signed_in, draft):
    guo = await signed_in(GUO)
    body = {"seen": 0, "document": {"code": "KC"}}
    await guo.send("PUT", f"/api/rubric-drafts/{draft}", json=body)
    body = {"seen": 0, "document": {"code": "KD"}}
    answer = await guo.send("PUT", f"/api/rubric-drafts/{draft}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "rubric_draft.changed")


async def test_checking_answers_like_keeping_and_keeps_nothing(signed_in, draft):
    guo = await signed_in(GUO)
    answer = await guo.post(f"/api/rubric-drafts/{draft}/checks", json={"document": {}})
    assert answer.status_code == 200
    assert len(answer.json()["faults"]) > 10
    assert (await guo.get(f"/api/rubric-drafts/{draft}")).json()["seen"] == 0


async def test_what_is_no_document_is_refused(signed_in, draft):
    guo = await signed_in(GUO)
    path = f"/api/rubric-drafts/{draft}"
    for body in ({"seen": 0, "document": []}, {"document": {}}, {"seen": "0", "document": {}}):
        assert (await guo.send("PUT", path, json=body)).status_code == 422
    odd = {"seen": 0, "document": {"code": "a\0"}}
    assert (await guo.send("PUT", path, json=odd)).status_code == 422
    huge = {"seen": 0, "document": {"code": "x" * LARGEST_DOCUMENT}}
    assert (await guo.send("PUT", path, json=huge)).status_code == 413
