"""The tables of the desk as files: the filters and the scope of the page, all pages of it."""

import msgspec
import pytest

from inspection.persistence.audit import audit
from inspection.persistence.rubrics import rubrics
from inspection.services import exports
from inspection.services.rounds import coverage_exports
from inspection.services.rubrics import rubric_exports
from inspection.services.rubrics.rubric_approvals import submit_draft
from inspection.wording import Language, catalogue
from tests.cast import CHEN, CHENGGUAN, CLUB, GUO, LANZHOU, LI, REGION_PATHS, ROUND, WANG, ZHAO
from tests.importing import NEW, checked
from tests.makers import publish_rubrics
from tests.rescoring import another_version, tried
from tests.reviewing import a_visit, approve
from tests.rounding import a_schedule
from tests.rubric_drafting import a_draft
from tests.web.html_page import HtmlPage
from tests.web.pages.exported import BOTH, cells


@BOTH
async def test_regions_go_out_as_the_tree_shows_them(signed_in, app, format):
    guo = await signed_in(GUO)
    title, top, *_ = await cells(guo, "/regions", format)
    assert title[:2] == ("Region code", "Region")
    assert (top[0], top[2:5]) == ("620000", ("Province", "Open", "4"))
    found = await cells(guo, f"/regions?q={CHENGGUAN}", format)
    assert [row[0] for row in found[1:]] == ["620000", LANZHOU, CHENGGUAN]
    _, first, *rows = await cells(await signed_in(WANG), "/regions", format)
    assert first[0] == LANZHOU
    assert "620000" not in [row[0] for row in rows]


@BOTH
async def test_rubrics_go_out_with_drafts_for_whoever_sees_them(
    signed_in, app, tools, monkeypatch, format
):
    monkeypatch.setattr(rubric_exports, "LARGEST_PAGE", 1)
    await publish_rubrics(tools)
    title, *rows = await cells(await signed_in(GUO), "/rubrics", format)
    assert title[-2:] == ("Versions", "Drafts")
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(title)}
    title, row = await cells(await signed_in(WANG), "/rubrics?q=KC", format)
    assert (title[-1], row[0], row[5]) == ("版本数", "KC", "生效中")


@BOTH
async def test_drafts_of_rubrics_go_out_state_by_state(signed_in, app, tools, monkeypatch, format):
    monkeypatch.setattr(exports, "LARGEST_PAGE", 1)
    await publish_rubrics(tools)
    version = await rubrics.version_in_force("KC")
    await a_draft(tools, version.digest)
    second = await a_draft(tools, version.digest)
    await submit_draft(tools, GUO.actor, second, 1)
    guo = await signed_in(GUO)
    title, *rows = await cells(guo, "/rubric-drafts", format)
    assert (title[0], title[-2:]) == ("Rubric code", ("Changed by", "Changed at"))
    assert [(row[0], row[4]) for row in rows] == [("KC", GUO.name)] * 2
    _, row = await cells(guo, "/rubric-drafts?state=submitted", format)
    assert row[3] == "Waiting for approval"


@BOTH
async def test_coverage_goes_out_by_region_and_by_store(signed_in, app, monkeypatch, format):
    monkeypatch.setattr(coverage_exports, "LARGEST_PAGE", 1)
    wang = await signed_in(WANG)
    path = f"/rounds/{ROUND}/coverage"
    title, *rows = await cells(wang, path, format)
    assert title[:6] == ("区域", "门店编码", "门店", "应巡", "实巡", "漏巡")
    assert sum(int(row[3]) for row in rows) == 3
    county = await cells(wang, f"{path}?region={REGION_PATHS[CHENGGUAN]}", format)
    assert [row[1] for row in county[1:]] == ["LZ-0007", "LZ-0012"]
    assert [row[0] for row in county[1:]] == ["城关区"] * 2
    outside = await wang.get(f"{path}?region=/620000/&format={format}")
    assert outside.status_code == 404


@BOTH
async def test_schedules_go_out_with_their_rhythm(signed_in, app, tools, monkeypatch, format):
    monkeypatch.setattr(exports, "LARGEST_PAGE", 1)
    await a_schedule(tools)
    await a_schedule(tools, code="KC2")
    guo = await signed_in(GUO)
    title, row, _ = await cells(guo, "/schedules?sort=code", format)
    assert (title[0], row[0], row[1]) == ("Schedule", "KC", "Club visits")
    assert row[4] == "Monthly"
    assert row[5].startswith("2026-12-01")
    assert row[6] == "Running"
    assert await cells(guo, "/schedules?q=nothing", format) == [title]
    assert len(await cells(await signed_in(ZHAO), "/schedules", format)) == 1


@BOTH
async def test_the_history_of_imports_goes_out(signed_in, app, tools, monkeypatch, format):
    monkeypatch.setattr(exports, "LARGEST_PAGE", 1)
    await checked(tools, NEW)
    await checked(tools, content=b"PK no book")
    guo = await signed_in(GUO)
    title, *rows = await cells(guo, "/imports?sort=at", format)
    assert title[5:9] == ("New rows", "Changed rows", "Unchanged rows", "Faulty rows")
    counts = {row[4]: row[5:9] for row in rows}
    assert sorted(counts.values()) == [("", "", "", ""), ("1", "0", "0", "0")]
    assert await cells(guo, "/imports?q=nothing", format) == [title]


@pytest.mark.parametrize("person", [LI, CHEN])
async def test_who_may_not_see_a_list_does_not_get_its_file(signed_in, app, person):
    somebody = await signed_in(person)
    for path in ("/schedules", "/imports", f"/rounds/{ROUND}/coverage", "/rubrics"):
        assert (await somebody.get(f"{path}?format=csv")).status_code == 403


async def test_every_page_links_its_file_with_its_filters(signed_in, app, tools):
    await publish_rubrics(tools)
    await a_schedule(tools)
    await checked(tools, NEW)
    await approve(tools, await a_visit(tools))
    rescore = await tried(tools, await another_version(tools))
    guo = await signed_in(GUO)
    for path in (
        f"/regions?q={CHENGGUAN}",
        "/rubrics?q=KC",
        "/schedules?q=KC",
        "/imports?q=xlsx",
        f"/rescores/{rescore}?show=all&q={CLUB}",
        f"/rounds/{ROUND}/coverage?region={REGION_PATHS[LANZHOU]}",
    ):
        links = HtmlPage(await guo.get(path)).links()
        query = path.partition("?")[2].split("&")[-1].partition("=")
        found = [
            link for link in links if "format=" in link and link.startswith(path.split("?")[0])
        ]
        assert len(found) == 2, path
        for link in found:
            assert query[0] + "=" in link
            assert (await guo.get(link)).status_code == 200


@pytest.mark.parametrize(
    ("path", "noun"),
    [
        ("/regions?q=62&format=csv", "region"),
        ("/rubrics?format=xlsx", "rubric"),
        ("/rubric-drafts?format=csv", "rubric_draft"),
        ("/schedules?format=csv", "schedule"),
        ("/parked?format=csv", "parked"),
        ("/imports?format=csv", "import"),
        (f"/rounds/{ROUND}/coverage?format=csv", "coverage"),
    ],
)
async def test_a_table_that_leaves_is_written_down(signed_in, app, path, noun):
    guo = await signed_in(GUO)
    assert (await guo.get(path)).status_code == 200
    last = (await audit.events_of(noun, ""))[-1]
    assert (last.action, last.actor) == (f"{noun}.export", GUO.account)
    assert msgspec.json.decode(last.body) == {"address": path}
    words = catalogue(Language.EN)
    assert words[f"audit_action.{noun}.export"]
    assert words[f"audit_noun.{noun}"]
