"""What a session left open is not enough for: the password or the code is asked for once more."""

import pytest

from inspection.domain.access import Role
from inspection.domain.imports.sheet_import import ImportNoun
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.wording import Language, say
from tests.authenticator import code_at
from tests.cast import GUO, LI, PASSWORD, ROUND, WANG
from tests.importing import NEW, checked
from tests.receiving import rows_of
from tests.web.html_page import HtmlPage
from tests.web.pages.people.people_forms import enrol, look, send

PEOPLE_HEAD = ("工号", "姓名", "角色", "区域编码", "门店编码", "代号")


def fields_of(form):
    found = {}
    for name, value in form.fields:
        found.setdefault(name, []).append(value)
    return found


async def go_on(visitor, page, given):
    """Answer the page that asks for a proof."""
    (form,) = (form for form in page.forms if "proof" in dict(form.fields))
    return await visitor.http.post(form.action, data=fields_of(form) | {"proof": given})


@pytest.fixture
async def guo(signed_in, clock):
    guo = await signed_in(GUO)
    clock.go_on(minutes=6)
    return guo


def is_asked(answer):
    page = HtmlPage(answer)
    return answer.status_code == 403 and say(Language.EN, "proof.title") in page.text


async def role_of(person):
    return {row["sign_in"]: row["role"] for row in await rows_of("account")}[person.sign_in]


async def test_another_role_waits_for_the_password_and_loses_nothing(guo):
    at = f"/people/{WANG.account}"
    answer = await send(guo, await look(guo, at), f"{at}/details", role="reviewer", name="王强")
    assert is_asked(answer)
    assert await role_of(WANG) == Role.REGIONAL_MANAGER.value
    wrong = await go_on(guo, HtmlPage(answer), "wrong")
    assert say(Language.EN, "account.password_wrong") in HtmlPage(wrong).said("alert")
    assert await role_of(WANG) == Role.REGIONAL_MANAGER.value
    done = await go_on(guo, HtmlPage(wrong), PASSWORD)
    assert done.headers["location"] == f"{at}?said=person_saved"
    kept = next(row for row in await rows_of("account") if row["sign_in"] == WANG.sign_in)
    assert (kept["role"], kept["name"]) == ("reviewer", "王强")


async def test_a_name_alone_needs_no_proof(guo):
    at = f"/people/{WANG.account}"
    answer = await send(guo, await look(guo, at), f"{at}/details", name="王强")
    assert answer.headers["location"] == f"{at}?said=person_saved"


@pytest.mark.parametrize("what", ["invitations", "second-step-resets"])
async def test_ways_in_wait_for_the_password(guo, what):
    at = f"/people/{WANG.account}"
    answer = await guo.submit(f"{at}/{what}", {"asked": "yes"})
    assert is_asked(answer)
    assert await rows_of("invitation") == []
    done = await go_on(guo, HtmlPage(answer), PASSWORD)
    assert done.status_code in (200, 303)


async def test_a_proof_holds_for_five_minutes_and_is_in_the_log(guo, clock):
    answer = await guo.submit(f"/people/{WANG.account}/invitations", {"asked": "yes"})
    await go_on(guo, HtmlPage(answer), PASSWORD)
    clock.go_on(minutes=4)
    again = await guo.submit(f"/people/{WANG.account}/invitations", {"asked": "yes"})
    assert again.status_code == 200
    clock.go_on(minutes=1)
    assert is_asked(await guo.submit(f"/people/{WANG.account}/invitations", {"asked": "yes"}))
    (session,) = {row["id"] for row in await rows_of("session")}
    assert [e.action for e in await audit.events_of("session", session)][-1] == "session.prove"


@pytest.mark.parametrize(
    "path",
    [
        *("/people?format=csv", "/audit?format=xlsx", "/tokens?format=csv"),
        *("/deliveries?format=csv", f"/people/{LI.account}"),
    ],
)
async def test_who_people_are_is_shown_after_the_password(guo, path):
    answer = await guo.get(path)
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(answer.headers["location"] + "&lang=en"))
    there = await go_on(guo, page, PASSWORD)
    assert (there.status_code, there.headers["location"]) == (303, path)
    assert (await guo.get(path)).status_code == 200


async def test_the_profile_and_the_plan_say_no_name_before_it(guo, tools, app):
    assert (await guo.get(f"/inspectors/{LI.account}")).status_code == 303
    plan = await guo.get(f"/rounds/{ROUND}/plan")
    assert LI.name not in plan.text
    assert LI.pseudonym in plan.text
    shown = [link for link in HtmlPage(plan).links() if link.startswith("/me/proof")]
    page = HtmlPage(await guo.get(shown[0]))
    there = await go_on(guo, page, PASSWORD)
    assert LI.name in (await guo.get(there.headers["location"])).text


async def test_the_list_calls_inspectors_by_pseudonym_and_does_not_find_their_names(guo):
    page = await look(guo, "/people")
    assert LI.name not in page.text
    assert LI.pseudonym in page.text
    assert WANG.name in page.text
    assert LI.pseudonym not in (await look(guo, f"/people?q={LI.name}")).text
    found = await look(guo, f"/people?q={LI.pseudonym}")
    assert [row[1] for row in found.rows()] == [LI.sign_in]


async def test_an_import_of_people_waits_and_one_of_stores_does_not(guo, tools):
    row = ("0931002", "何佳", "检查员", "", "", "A-077")
    people = await checked(tools, row, noun=ImportNoun.PERSON, head=PEOPLE_HEAD)
    stores = await checked(tools, NEW)
    order = {"part": "all", "duplicates": "overwrite"}
    done = await guo.submit(f"/imports/{stores}/writings", order)
    assert done.headers["location"] == f"/imports/{stores}"
    answer = await guo.submit(f"/imports/{people}/writings", order)
    assert is_asked(answer)
    done = await go_on(guo, HtmlPage(answer), PASSWORD)
    assert done.headers["location"] == f"/imports/{people}"


async def test_who_has_a_second_step_gives_a_code(signed_in, tools, clock):
    guo = await signed_in(GUO)
    secret, _ = await enrol(guo, tools)
    clock.go_on(minutes=6)
    answer = await guo.submit(f"/people/{WANG.account}/invitations", {"asked": "yes"})
    assert say(Language.EN, "sign_in_code.code") in HtmlPage(answer).text
    wrong = await go_on(guo, HtmlPage(answer), PASSWORD)
    assert wrong.status_code == 422
    done = await go_on(guo, HtmlPage(wrong), code_at(secret, clock()))
    assert done.status_code == 200
    assert f"/people/{WANG.account}" in HtmlPage(done).links()


async def test_guessing_is_limited(guo):
    answer = await guo.submit("/me/proof", {"proof": "wrong", "next": ""})
    for _ in range(10):
        answer = await guo.submit("/me/proof", {"proof": "wrong", "next": ""})
    assert answer.status_code == 429
    assert (await guo.submit("/me/proof", {"proof": PASSWORD, "next": ""})).status_code == 429


async def test_a_form_without_a_proof_comes_back(guo):
    assert is_asked(await guo.submit("/me/proof", {"next": ""}))
    assert (await guo.submit("/me/proof", {"proof": PASSWORD, "next": ""})).headers[
        "location"
    ] == "/me"


async def test_a_program_is_told_what_is_missing(guo):
    answer = await guo.get("/people?format=csv", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "session.proof_needed")


async def test_a_session_from_before_proofs_were_kept_has_none(signed_in, clock):
    guo = await signed_in(GUO)
    await run("UPDATE session SET proved_at = NULL")
    clock.go_on(minutes=6)
    assert is_asked(await guo.submit(f"/people/{WANG.account}/invitations", {"asked": "yes"}))
