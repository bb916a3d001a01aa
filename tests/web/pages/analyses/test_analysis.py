"""Analyses as pages: a chart with the table behind it, without scripts, as files too."""

import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.statements import run
from inspection.services.analyses.item_files import COLUMNS
from tests.cast import (
    CHENGGUAN,
    EARLIER_ROUND,
    LI,
    MA,
    PROVINCE,
    QINZHOU,
    REGION_PATHS,
    ROUND,
    SUN,
    ZHAO,
    round_id,
)
from tests.rankable import Result, published
from tests.services.analyses.comparing import a_round
from tests.web.html_page import HtmlPage

VIEWS = (
    *("items", "trend", "spread", "repeats", "warnings"),
    *("heat", "self-checks", "index", "calibration"),
)
OF_REVIEWERS = ("calibration",)


@pytest.fixture
async def ranked(app, tools):
    await published(
        tools,
        Result(store="a", total=9600, round=EARLIER_ROUND, items={"KC-F-01": 200}),
        Result(store="a", total=8500, items={"KC-F-01": 300, "KC-E-01": 100}),
        Result(store="c", total=9100, region=QINZHOU),
    )


async def shown(visitor, view, more=""):
    return HtmlPage(await visitor.get(f"/analysis/{view}?kind=customer_club{more}"))


@pytest.mark.parametrize(
    ("view", "rows"),
    [
        ("items", [["KC-F-01", "−3", "75.0%", "1"], ["KC-E-01", "−1", "25.0%", "0"]]),
        ("trend", [["88.0", "−8"], ["96.0", "—"]]),
        ("heat", [["兰州", "75.0"], ["天水", "45.0"]]),
        ("index", [["兰州", "—"], ["天水", "—"]]),
        ("spread", [["91", "1"], ["85", "1"]]),
        ("repeats", [["门店a", "连续 2 轮", "−3"]]),
        ("warnings", [["门店a", "85.0", "−11", "下降 10 分以上"]]),
    ],
)
async def test_the_table_behind_says_the_numbers(signed_in, ranked, view, rows):
    page = await shown(await signed_in(SUN), view)
    lines = [" ".join(row) for row in page.rows()]
    for wanted in rows:
        assert any(all(part in line for part in wanted) for line in lines), (wanted, lines)


async def test_charts_have_a_name_and_the_line_to_reach(signed_in, ranked):
    sun = await signed_in(SUN)
    trend = await shown(sun, "trend")
    assert 'class="target"' in trend.source
    assert trend.all("svg", role="img")[0]["aria-label"] == "历轮平均分"
    spread = await shown(sun, "spread")
    assert spread.all("svg", role="img")[0]["aria-label"] == "得分分布（门店数）"


@pytest.mark.parametrize("view", VIEWS)
async def test_every_view_goes_out_as_a_file_and_keeps_to_the_reader(signed_in, ranked, view):
    sun = await signed_in(SUN)
    page = await shown(sun, view)
    file = next(link for link in page.links() if "format=csv" in link)
    assert (await sun.get(file)).headers["content-type"].startswith("text/csv")
    zhao = await signed_in(ZHAO)
    if view in OF_REVIEWERS:
        assert (await shown(zhao, view)).status == 403
        assert f"/analysis/{view}" not in (await shown(zhao, "items")).source
        return
    assert "门店a" not in (await shown(zhao, view)).text
    elsewhere = f"&region={REGION_PATHS[CHENGGUAN]}"
    assert (await shown(zhao, view, elsewhere)).status == 404
    passed_on = await shown(zhao, view, f"&region={REGION_PATHS[PROVINCE]}")
    assert passed_on.one("h1").text.startswith("天水")
    assert "门店a" not in passed_on.text
    assert (await shown(await signed_in(LI), view)).status == 403


NOTHING = "—"
WITHOUT_RESULTS = {
    "trend": [[name, *[NOTHING] * 4, "0"] for name in ("2026年11月暗访", "2026年10月暗访")],
    "heat": [[f"{unit} n=0/1", *[NOTHING] * 7] for unit in ("兰州", "天水")],
    "index": [
        [NOTHING, unit, "— 按 0/100 折算", "— n=0/1", "— n=0/0", "— n=0/0"]
        for unit in ("兰州", "天水")
    ],
    "items": "没有失分",
    "spread": "还没有已发布的得分",
    "repeats": "没有连续两轮失分的检查项",
    "warnings": "没有需要预警的门店",
    "self-checks": "没有可以对照的轮次",
    "calibration": "检查次数不够，还不能比较",
}
"""The rows without a figure in them, or the sentence that stands instead of a table."""


@pytest.mark.parametrize("view", VIEWS)
async def test_without_results_every_view_says_so(signed_in, app, view):
    page = await shown(await signed_in(SUN), view)
    said = [sentence.text for sentence in page.all("p", class_="empty__t")]
    assert (page.rows() or said[0]) == WITHOUT_RESULTS[view]
    assert len(said) == (not page.rows())


@pytest.mark.parametrize(
    "page", [*(f"/analysis/{view}" for view in VIEWS), "/ranking/units", "/scorecard"]
)
async def test_who_has_a_page_is_told_so_until_a_figure_changes(signed_in, tools, ranked, page):
    sun = await signed_in(SUN)
    path = f"{page}?kind=customer_club"
    tag = (await sun.get(path)).headers["etag"]
    assert (await sun.get(path, headers={"if-none-match": tag})).status_code == 304
    await published(tools, Result(store="b", total=9000))
    assert (await sun.get(path, headers={"if-none-match": tag})).status_code == 200


@pytest.fixture
async def compared(app, tools):
    await a_round("2026-10S", "self_check")
    await a_round("2026-10P", "peer_check")
    await published(
        tools,
        Result(store="a", total=9800, round="2026-10S"),
        Result(store="a", total=9400, round="2026-10P"),
        *(Result(store=f"n{n}", total=9000, items={"KC-F-01": 30}) for n in range(5)),
        *(Result(store=f"m{n}", total=9000, items={"KC-F-01": 150}) for n in range(5)),
        Result(store="a", total=9000, items={"KC-F-01": 300, "OLD-1": 50}),
    )
    await run("UPDATE visit SET inspector = ? WHERE store LIKE 'store-m%'", MA.account)
    await run(
        "DELETE FROM assignment WHERE round <> ? AND id NOT LIKE 'a-visit-%'", round_id(ROUND)
    )


async def test_self_checks_stand_beside_what_visitors_found(signed_in, compared):
    page = await shown(await signed_in(SUN), "self-checks")
    lines = [" ".join(row) for row in page.rows()]
    assert any("兰州" in line and "98.0" in line and "+8" in line for line in lines), lines
    assert any("KC-F-01" in line and "−3" in line for line in lines), lines
    assert any("OLD-1" in line and "≠" in line for line in lines), lines
    against = await shown(await signed_in(SUN), "self-checks", "&round=2026-10S&against=2026-10")
    assert "没有两轮都有结果的门店" in against.text


async def test_weights_are_chosen_and_printed(signed_in, compared):
    sun = await signed_in(SUN)
    page = await shown(sun, "index", "&mystery_visit=0&peer_check=3&self_check=1")
    assert "互查 3/4" in page.text
    assert any("95.0" in " ".join(row) for row in page.rows())
    assert (await shown(sun, "index", "&peer_check=101")).status == 422


async def test_reviewers_see_how_inspectors_differ_by_their_pseudonyms(signed_in, compared):
    page = await shown(await signed_in(SUN), "calibration", "&item=KC-F-01")
    assert [row[0] for row in page.rows()[1:]] == ["A-021", "A-017"]
    assert "马晓燕" not in page.source
    assert 'class="svgc strip"' in page.source


@pytest.mark.parametrize("format", ["csv", "xlsx"])
async def test_the_item_file_is_sent_as_it_is_read(signed_in, compared, format):
    sun = await signed_in(SUN)
    link = next(a for a in (await shown(sun, "items")).links() if "item-file" in a and format in a)
    answer = await sun.get(link)
    assert answer.headers["content-disposition"].startswith('attachment; filename="items-202611-')
    if format == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert lines[0] == ",".join(COLUMNS)
        assert len(lines) == 1 + 12


async def test_before_any_round_there_is_nothing_to_analyse(signed_in, app, monkeypatch):
    async def none(actor):
        return ()

    monkeypatch.setattr("inspection.services.rankings.rankings.round_choices", none)

    async def nothing(actor, asked):
        raise NotFound(noun="round")

    monkeypatch.setattr("inspection.web.pages.rankings.listed.list_edition", nothing)
    page = await shown(await signed_in(SUN), "items")
    assert (page.status, page.rows()) == (200, [])
