"""The page with the assignments of a round."""

import pytest

from inspection.persistence.statements import run
from tests.cast import CHEN, CLUB, GUO, HALL, LI, MA, ROUND, WANG, ZHAO, assignment_id, store_id
from tests.drafting import send_draft
from tests.web.html_page import HtmlPage

PATH = f"/rounds/{ROUND}/assignments"
CLUB_OF_LI = assignment_id(LI, CLUB)


async def open_page(visitor, query: str = "") -> HtmlPage:
    return HtmlPage(await visitor.get(PATH + query))


def picks(page: HtmlPage) -> dict[str, str]:
    """What the table's boxes send, by the store they stand for."""
    found = {}
    for row in page.inside(page.one("tbody"), "tr"):
        code = page.inside(row, "th")[0].text.split()[-1]
        for box in page.inside(row, "input"):
            found[code] = box["value"]
    return found


@pytest.mark.parametrize("person", [LI, CHEN])
async def test_who_does_not_plan_sees_no_assignments(signed_in, app, person):
    assert (await (await signed_in(person)).get(PATH)).status_code == 403


async def test_a_manager_sees_the_own_branch_by_pseudonyms(signed_in, app):
    page = await open_page(await signed_in(WANG))
    assert [(row[1].split()[-1], row[3]) for row in page.rows()] == [
        (CLUB, "A-017"),
        (HALL, "A-017"),
        ("LZ-0031", "A-021"),
    ]
    assert LI.name not in page.text
    other = await open_page(await signed_in(ZHAO))
    assert [row[1].split()[-1] for row in other.rows()] == ["TS-0003"]


async def test_the_list_is_cut_searched_and_sorted(signed_in, app, clock):
    await run("UPDATE assignment SET state = 'submitted' WHERE store = ?", store_id(HALL))
    guo = await signed_in(GUO)
    page = await open_page(guo, "?state=submitted")
    assert [row[1].split()[-1] for row in page.rows()] == [HALL]
    chips = [tag.text for tag in page.inside(page.one("nav", class_="chips"), "a")]
    assert chips[:4] == ["All 4", "To be visited 3", "Sent back 0", "To be reviewed 1"]
    assert [row[1].split()[-1] for row in (await open_page(guo, "?q=A-021")).rows()] == [
        "LZ-0031",
        "TS-0003",
    ]
    ordered = await open_page(guo, "?sort=-store")
    assert ordered.rows()[0][1].endswith("TS-0003")
    by_person = await open_page(guo, f"?inspector={MA.account}&region=/620000/620500/")
    assert len(by_person.rows()) == 1
    clock.go_on(days=5)
    guo = await signed_in(GUO)
    assert len((await open_page(guo, "?state=missed")).rows()) == 3


async def test_a_region_nobody_has_is_missing(signed_in, app):
    assert (await open_page(await signed_in(WANG), "?region=/9/")).status == 404
    assert (await open_page(await signed_in(GUO), "?region=/620000/9/")).status == 404


async def test_visits_are_given_to_somebody_else_and_the_list_is_where_it_was(signed_in, app):
    wang = await signed_in(WANG)
    page = await open_page(wang, "?sort=-store&state=open")
    chosen = picks(page)
    back = page.forms[-1].named("back")[0]
    form = {"pick": [chosen[CLUB], chosen[HALL]], "inspector": MA.account, "back": back}
    answer = await wang.submit(f"{PATH}/reassignments", form)
    where = answer.headers["location"]
    assert where == f"{PATH}?sort=-store&state=open&said=reassigned"
    again = HtmlPage(await wang.get(where))
    assert {row[3] for row in again.rows()} == {"A-021"}
    assert "改派而来" in again.text
    moved = await open_page(wang, "?state=cancelled")
    assert [row[-1] for row in moved.rows()] == ["已改派", "已改派"]


async def test_a_begun_visit_says_so(signed_in, tools, app):
    await send_draft(tools)
    page = await open_page(await signed_in(WANG))
    assert "已开始填写" in page.rows()[0][-1]


async def test_visits_are_extended_and_cancelled(signed_in, app):
    wang = await signed_in(WANG)
    form = {"pick": picks(await open_page(wang))[CLUB], "until": "2026-11-30"}
    assert (await wang.submit(f"{PATH}/extensions", form)).status_code == 303
    form = {"pick": picks(await open_page(wang))[CLUB], "reason": "门店装修"}
    answer = await wang.submit(f"{PATH}/cancellations", form)
    assert answer.headers["location"] == f"{PATH}?said=visits_cancelled"
    page = await open_page(wang, "?state=cancelled")
    assert page.rows()[0][-1] == "已取消 门店装修"
    assert CLUB not in picks(page)


@pytest.mark.parametrize(
    ("step", "fields", "said"),
    [
        ("cancellations", {"reason": " "}, "请写明理由"),
        ("extensions", {"until": ""}, "请填写日期"),
        ("extensions", {"until": "2027-01-01"}, "不能超过轮次截止日"),
        ("reassignments", {"inspector": ""}, "请选择一名在用的检查员"),
    ],
)
async def test_what_is_refused_stays_ticked_and_typed(signed_in, app, step, fields, said):
    wang = await signed_in(WANG)
    chosen = picks(await open_page(wang))
    sent = {"pick": chosen[CLUB], "back": "state=open", **fields}
    page = HtmlPage(await wang.submit(f"{PATH}/{step}", sent))
    assert page.status == 422
    assert said in page.said("alert")
    checked = [
        tag["value"] for tag in page.all("input", name="pick") if "checked" in tag.attributes
    ]
    assert set(checked) == {chosen[CLUB]}
    assert page.one("a", class_="chip", **{"aria-current": "page"}).text.startswith("待检查")


async def test_a_stale_tick_is_shown_as_it_is_now(signed_in, app):
    wang = await signed_in(WANG)
    chosen = picks(await open_page(wang))
    await run("UPDATE assignment SET window_to = '2026-11-25' WHERE id = ?", CLUB_OF_LI)
    form = {"pick": chosen[CLUB], "reason": "停业"}
    page = HtmlPage(await wang.submit(f"{PATH}/cancellations", form))
    assert "有了变化" in page.said("alert")
    assert picks(page)[CLUB] != chosen[CLUB]


async def test_a_way_back_nobody_wrote_leads_to_the_list(signed_in, app):
    wang = await signed_in(WANG)
    chosen = picks(await open_page(wang))
    for back in ("state=lost", "q=" + "x" * 200, "x=//evil.example"):
        form = {"pick": chosen[CLUB], "until": "2026-11-29", "back": back}
        answer = await wang.submit(f"{PATH}/extensions", form)
        assert answer.headers["location"] == f"{PATH}?said=visits_extended"
        await run("UPDATE assignment SET window_to = '2026-11-22' WHERE id = ?", CLUB_OF_LI)


async def test_a_closed_round_offers_no_change(signed_in, app):
    await run("UPDATE round SET state = 'locked'")
    page = await open_page(await signed_in(GUO))
    assert page.all("input", name="pick") == []
    assert "its assignments stay as they are" in page.text


async def test_a_round_without_assignments_says_where_they_come_from(signed_in, app):
    await run("DELETE FROM assignment")
    assert "There are no assignments yet" in (await open_page(await signed_in(GUO))).text
