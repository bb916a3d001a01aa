"""Stores on the screen: found, created, changed, refused, and what was typed kept."""

from inspection.persistence.statements import run
from tests.cast import (
    CHENGGUAN,
    CLUB,
    GUO,
    HALL,
    QINZHOU,
    QINZHOU_CLUB,
    REGION_PATHS,
    SUN,
    WANG,
    store_id,
)
from tests.rankable import Result, published
from tests.web.html_page import HtmlPage, page_of
from tests.web.pages.org.filled_forms import filled

NEW_STORE = {
    "code": "LZ-0099",
    "region": CHENGGUAN,
    "name": "新街营业厅",
    "kind": "storefront",
    "ownership": "own",
    "address": "新街1号",
    "latitude": "36.061",
    "longitude": "103.83",
    "contact_name": "周婷",
    "contact_phone": "0931-5550123",
    "contact_verified_on": "2026-11-01",
    "features": "guest_wifi",
}


async def test_the_list_of_stores_is_found_filtered_and_sorted(signed_in):
    guo = await signed_in(GUO)
    await run("UPDATE store SET state = 'closed', closed_on = '2026-11-01' WHERE code = ?", HALL)
    await run("UPDATE store SET ownership = 'partner', contact_verified_on = '2026-11-01'"
              " WHERE code = ?", QINZHOU_CLUB)  # fmt: skip

    async def codes(query: str) -> list[str]:
        return [row[0] for row in (await page_of(guo, f"/stores?{query}")).rows()]

    assert await codes("") == [CLUB, "LZ-0031", QINZHOU_CLUB]
    assert await codes("sort=-code&state=all") == [QINZHOU_CLUB, "LZ-0031", HALL, CLUB]
    assert await codes("state=closed") == [HALL]
    assert await codes(f"region={REGION_PATHS[CHENGGUAN]}&state=all") == [CLUB, HALL]
    assert await codes("kind=storefront&q=安宁") == ["LZ-0031"]
    assert await codes("ownership=partner") == [QINZHOU_CLUB]
    assert await codes("contact=unverified&sort=-name") == ["LZ-0031", CLUB]
    assert "Nothing found" in (await page_of(guo, "/stores?q=nowhere")).text
    assert (await page_of(guo, "/stores?region=/620000/999999/")).status == 404
    assert (await page_of(guo, "/stores?state=burning")).status == 422


async def test_a_list_without_stores_says_so(signed_in):
    sun = await signed_in(SUN)
    await run("UPDATE region SET path = '/1/' || path WHERE TRUE")
    await run("UPDATE store SET region_path = '/1/'")
    assert "还没有门店" in (await page_of(sun, "/stores")).text


async def test_pages_of_stores_follow_each_other(signed_in):
    guo = await signed_in(GUO)
    await published_many(60)
    first = await page_of(guo, "/stores")
    (onward,) = [tag["href"] for tag in first.all("a", rel="next")]
    second = await page_of(guo, onward)
    found = [row[0] for row in (*first.rows(), *second.rows())]
    assert (len(found), len(set(found))) == (64, 64)
    assert "64 in all" in second.text


async def published_many(count: int) -> None:
    for number in range(count):
        await run(
            "INSERT INTO store (id, code, name, kind, region, region_path, created_at)"
            " SELECT ?, ?, '某店', kind, region, region_path, created_at FROM store WHERE code = ?",
            f"many-{number}",
            f"ZZ-{number:04}",
            CLUB,
        )


async def test_a_store_is_created_and_found(signed_in):
    guo = await signed_in(GUO)
    assert (await page_of(guo, "/new-store")).status == 200
    answer = await guo.submit("/stores", NEW_STORE)
    assert answer.headers["location"] == "/stores/LZ-0099/record?said=org_created"
    form = (await page_of(guo, "/stores/LZ-0099/record")).form("/stores/LZ-0099/record")
    kept = {name: value for name, value in NEW_STORE.items() if name not in ("code", "region")}
    assert kept.items() <= dict(form.fields).items()


async def test_a_refused_store_comes_back_as_it_was_typed(signed_in):
    guo = await signed_in(GUO)
    wrong = {**NEW_STORE, "code": CLUB, "kind": "customer_club"}
    page = HtmlPage(await guo.submit("/stores", wrong))
    assert page.status == 422
    assert wrong.items() <= dict(page.form("/stores").fields).items()
    wrong = {**NEW_STORE, "latitude": "north", "contact_phone": "x"}
    page = HtmlPage(await guo.submit("/stores", wrong))
    assert page.form("/stores").named("latitude") == ["north"]
    assert {tag["name"] for tag in page.all("input") if tag.get("aria-invalid")} == {
        "latitude",
        "contact_phone",
    }


async def test_a_store_is_edited_moved_closed_and_opened_again(signed_in):
    guo = await signed_in(GUO)
    here = f"/stores/{HALL}/record"
    for action, changes, said in (
        (here, {"address": "盘旋路1号", "features": "queue_machine"}, "kept"),
        (f"/stores/{HALL}/moves", {"region": QINZHOU}, "moved"),
        (f"/stores/{HALL}/closings", {"reason": "房屋到期"}, "closed"),
        (f"/stores/{HALL}/reopenings", {}, "reopened"),
    ):
        answer = await guo.submit(action, await filled(guo, here, action, **changes))
        assert answer.headers["location"] == f"{here}?said=org_{said}", answer.text
    history = (await page_of(guo, here)).one("ol", class_="tl").text
    assert "Region Chengguan → became Qinzhou" in history
    assert "Facilities (empty) → became Queue machine" in history
    assert "Reason (empty) → became 房屋到期" in history
    assert "1 visit still to be made was cancelled." in history


async def test_a_closing_without_a_reason_keeps_its_day(signed_in):
    guo = await signed_in(GUO)
    action = f"/stores/{CLUB}/closings"
    fields = await filled(guo, f"/stores/{CLUB}/record", action, on="2026-11-10", reason=" ")
    page = HtmlPage(await guo.submit(action, fields))
    assert page.status == 422
    assert page.form(action).named("on") == ["2026-11-10"]
    assert "Say why the store closes." in page.text


async def test_a_record_changed_meanwhile_is_shown_beside_what_was_typed(signed_in):
    guo = await signed_in(GUO)
    action = f"/stores/{CLUB}/record"
    first = await filled(guo, action, action, address="一号", ownership="partner")
    await guo.submit(action, first)
    second = {**first, "address": "二号", "ownership": "own", "features": "guest_wifi"}
    page = HtmlPage(await guo.submit(action, second))
    assert page.status == 409
    assert page.form(action).named("address") == ["二号"]
    assert [tag.text for tag in page.all("small", class_="now")] == [
        "Kept now: Partner",
        "Kept now: not ticked",
        "Kept now: ticked",
        "Kept now: 一号",
    ]
    again = {name: value for name, value in page.form(action).fields if name != "csrf_token"}
    assert (await guo.submit(action, again)).status_code == 303


async def test_the_results_and_the_record_of_a_store_lead_to_each_other(signed_in):
    guo = await signed_in(GUO)
    assert f"/stores/{CLUB}/record" in (await page_of(guo, f"/stores/{CLUB}")).links()
    assert f"/stores/{CLUB}" in (await page_of(guo, f"/stores/{CLUB}/record")).links()
    sun = await signed_in(SUN)
    assert f"/stores/{CLUB}/record" not in (await page_of(sun, f"/stores/{CLUB}")).links()


async def test_a_store_says_that_it_is_closed_or_moved_away_and_when_its_contact_is_stale(
    signed_in, tools
):
    await published(tools, Result(store="a", total=9000))
    wang = await signed_in(WANG)
    assert "联系人从未核实" in (await page_of(wang, f"/stores/{CLUB}")).text
    await run("UPDATE store SET contact_verified_on = '2026-01-01' WHERE id = ?", store_id(CLUB))
    assert "联系人超过 90 天未核实" in (await page_of(wang, f"/stores/{CLUB}")).text
    await run("UPDATE store SET state = 'closed', closed_on = '2026-11-01' WHERE code = 'a'")
    assert "2026-11-01 起关闭" in (await page_of(wang, "/stores/a")).text
    await run("UPDATE store SET region_path = ? WHERE id = ?", REGION_PATHS[QINZHOU], store_id("a"))
    assert "已调往其他区域" in (await page_of(wang, "/stores/a")).text
