"""/visits/{id}/release-texts: the words a store will read, beside what the inspector noted."""

from tests.cast import GUO, HALL, LI, SUN
from tests.receiving import rows_of
from tests.releasing import approve_and_release
from tests.reviewing import a_visit, send_photo
from tests.submissions import a_photo, sha256_of
from tests.web.html_page import HtmlPage

NOTE = "门口有杂物"
WORDS = "门前堆放杂物"


async def a_page(visitor, visit):
    return HtmlPage(await visitor.get(f"/visits/{visit}/release-texts"))


async def fields(visitor, visit, **changed):
    form = (await a_page(visitor, visit)).form(f"/visits/{visit}/release-texts")
    sent = {}
    for name, value in form.fields:
        sent.setdefault(name, []).append(value)
    return {**sent, **changed}


async def post(visitor, visit, sent):
    return await visitor.http.post(f"/visits/{visit}/release-texts", data=sent)


async def test_the_review_page_shows_what_the_store_will_read(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    assert "门店将看到的内容" in page.text
    assert f"/visits/{visit}/release-texts" in page.links()
    assert (await (await signed_in(LI)).get(f"/visits/{visit}/release-texts")).status_code == 404


async def test_words_and_photos_are_kept(signed_in, tools):
    picture = a_photo(1)
    visit = await a_visit(tools, losses=("KC-E-01",), pictures=(picture,))
    await send_photo(tools, picture)
    sun = await signed_in(SUN)
    page = await a_page(sun, visit)
    assert NOTE in page.text
    sent = await fields(sun, visit, problem=[WORDS], photo=[])
    answer = await post(sun, visit, sent)
    assert answer.headers["location"] == f"/visits/{visit}/release-texts?said=texts_kept"
    (row,) = await rows_of("released_item")
    assert (row["problem"], row["photos"]) == (WORDS, "[]")
    again = await fields(sun, visit)
    assert (again["problem"], "photo" in again) == ([WORDS], False)
    sent = await fields(sun, visit, photo=[f"KC-E-01 {sha256_of(picture)}"])
    await post(sun, visit, sent)
    assert "photo" in await fields(sun, visit)


async def test_one_tap_takes_the_note_over_and_keeps_nothing_yet(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    sent = await fields(sun, visit, use="KC-E-01")
    sent["problem"][1] = "另一项已写好"
    answer = await post(sun, visit, sent)
    page = HtmlPage(answer)
    assert page.status == 200
    form = page.form(f"/visits/{visit}/release-texts")
    assert form.named("problem") == [NOTE, "另一项已写好"]
    assert await rows_of("released_item") == []


async def test_a_conflict_shows_both_and_loses_nothing(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    mine = await fields(sun, visit, problem=["我的说法", "不变"])
    theirs = await fields(sun, visit, problem=["别人的说法", "不变"])
    await post(sun, visit, theirs)
    page = HtmlPage(await post(sun, visit, mine))
    assert page.status == 409
    assert "别人的说法" in page.text
    form = page.form(f"/visits/{visit}/release-texts")
    assert form.named("problem") == ["我的说法", "不变"]
    assert (
        await post(sun, visit, {k: form.named(k) for k in dict(form.fields)})
    ).status_code == 303


async def test_what_cannot_be_kept_is_there_as_it_was_typed(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    sent = await fields(sun, visit, problem=["长" * 501, "b"])
    page = HtmlPage(await post(sun, visit, sent))
    assert page.status == 422
    assert page.form(f"/visits/{visit}/release-texts").named("problem") == ["长" * 501, "b"]
    assert (await post(sun, "x", sent)).status_code == 404


async def test_once_released_or_without_losses_there_is_nothing_to_choose(signed_in, tools):
    visit = await a_visit(tools)
    await approve_and_release(tools, visit)
    sun = await signed_in(SUN)
    page = await a_page(sun, visit)
    assert "不能再改" in page.text
    assert "门店将看到的内容" not in (await sun.get(f"/visits/{visit}")).text
    assert HtmlPage(await post(sun, visit, await fields(sun, visit))).status == 409
    clean = await a_visit(tools, "clean", store=HALL, losses=())
    assert "没有失分" in (await a_page(sun, clean)).text or (await a_page(sun, clean)).status == 200
    assert (await a_page(await signed_in(GUO), visit)).status == 200
