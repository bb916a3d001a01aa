"""A form sent after the session ended: what was typed survives signing in."""

from html import escape

import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.services.people import accounts
from inspection.web.pages import resending
from inspection.wording import Language, catalogue, say
from tests.cast import PASSWORD, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_draft, a_visit
from tests.web.html_page import HtmlPage

REASON = "第 3 张照片看不清，\n请补拍 <台席>"


@pytest.fixture
async def visit(app, tools):
    return await a_visit(tools)


async def decide(visitor, visit, **headers):
    """Return a visit with a long reason, under whatever session there is."""
    fields = {"csrf_token": "0" * 64, "attempt": "1", "decision": "return", "reason": REASON}
    return await visitor.http.post(f"/visits/{visit}/reviews", data=fields, headers=headers)


async def send(visitor, form, **typed):
    """Send a form as a browser does, with what is typed into it."""
    fields = {}
    for name, value in form.fields:
        fields.setdefault(name, []).append(value)
    return await visitor.http.post(form.action, data=fields | typed)


async def test_a_decision_sent_too_late_is_sent_again_after_signing_in(signed_in, visit, clock):
    sun = await signed_in(SUN)
    clock.go_on(days=31)
    page = HtmlPage(await decide(sun, visit))
    assert page.status == 401
    assert say(Language.ZH, "session.missing") in page.said("alert")
    assert say(Language.ZH, "send_again.kept") in page.said("status")
    answer = await send(sun, page.form("/sign-in"), sign_in=SUN.sign_in, password=PASSWORD)
    assert answer.status_code == 200
    again = HtmlPage(answer)
    assert again.one("textarea").text == " ".join(REASON.split())
    (before,) = await rows_of("visit")
    assert before["state"] == "submitted"
    answer = await send(sun, again.form(f"/visits/{visit}/reviews"))
    assert answer.headers["location"] == f"/visits/{visit}?said=returned"
    (review,) = await rows_of("review")
    assert review["reason"] == " ".join(REASON.split())


async def test_a_mistyped_password_loses_nothing(visitor, visit):
    page = HtmlPage(await decide(visitor, visit))
    for _ in range(2):
        wrong = await send(visitor, page.form("/sign-in"), sign_in=SUN.sign_in, password="wrong")
        page = HtmlPage(wrong)
        assert page.status == 401
        assert f"reason={REASON}" in page.form("/sign-in").named("again")
    answer = await send(visitor, page.form("/sign-in"), sign_in=SUN.sign_in, password=PASSWORD)
    assert HtmlPage(answer).form(f"/visits/{visit}/reviews").named("attempt") == ["1"]


async def test_a_draft_of_many_lines_comes_back_line_by_line(signed_in, app, tools, clock):
    notice = await a_draft(tools)
    wang = await signed_in(WANG)
    shown = HtmlPage(await wang.get(f"/notices/{notice}"))
    form = next(form for form in shown.forms if form.named("problem"))
    clock.go_on(days=31)
    page = HtmlPage(await send(wang, form, demands="三日内整改到位"))
    answer = await send(wang, page.form("/sign-in"), sign_in=WANG.sign_in, password=PASSWORD)
    again = HtmlPage(answer).form(form.action)
    for name in ("number", "problem", "requirement", "responsible", "hours", "seen"):
        assert again.named(name) == form.named(name), name
    saved = await wang.http.post(form.action, data=_fields(again))
    assert saved.status_code == 303
    (row,) = await rows_of("notice")
    assert "三日内整改到位" in row["demands"]
    assert row["state"] == NoticeState.DRAFT


def _fields(form):
    fields = {}
    for name, value in form.fields:
        fields.setdefault(name, []).append(value)
    return fields


async def test_nothing_secret_is_carried_along(visitor, visit):
    page = await decide(visitor, visit)
    assert "0" * 64 not in page.text
    answer = await visitor.http.post(
        "/visits/x/reviews", data={"password": PASSWORD, "reason": "a"}
    )
    assert PASSWORD not in answer.text


async def test_a_form_another_site_made_is_not_carried_along(visitor, visit):
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        answer = await decide(visitor, visit, **headers)
        assert answer.status_code == 401
        assert "again_to" not in answer.text
        assert "台席" not in answer.text


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/a b", "/\\evil"])
async def test_a_form_goes_nowhere_else(visitor, to):
    typed = {"sign_in": SUN.sign_in, "password": PASSWORD, "again_to": to, "again": "reason=x"}
    answer = await visitor.http.post("/sign-in", data=typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/visits")


async def test_what_is_too_much_to_carry_is_shown_to_be_copied(visitor, visit, monkeypatch):
    monkeypatch.setattr(resending, "MOST_BYTES", 10)
    answer = await decide(visitor, visit)
    assert answer.status_code == 401
    assert "again_to" not in answer.text
    assert f"<textarea readonly>{escape(REASON)}</textarea>" in answer.text


async def test_a_form_without_anything_typed_is_just_refused(visitor):
    answer = await visitor.http.post("/notices/x/acknowledgements", data={"csrf_token": "0" * 64})
    assert answer.status_code == 401
    assert "again_to" not in answer.text


async def test_a_revoked_sessions_form_says_so_and_keeps_what_was_typed(signed_in, visit, tools):
    sun = await signed_in(SUN)
    await accounts.report_phone_lost(tools, SUN.sign_in)
    page = HtmlPage(await decide(sun, visit))
    assert say(Language.ZH, "session.revoked") in page.said("alert")
    assert f"reason={REASON}" in page.form("/sign-in").named("again")


@pytest.mark.parametrize("language", Language)
def test_every_field_people_write_in_has_its_word(language):
    assert {f"field.{name}" for name in resending.TYPED} - set(catalogue(language)) == set()
