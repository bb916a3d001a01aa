"""Charts as SVG text: what is drawn is what was lost."""

import itertools
import re

import pytest

from inspection.domain.rubrics.rubric import Text
from inspection.services.people.places import RegionLabel
from inspection.services.rankings.ranking_results import RankingColumn, RegionAverage, SectionCell
from inspection.web.pages import charts
from inspection.web.pages.charts import Point
from inspection.web.pages.columns import beside, lost_in
from inspection.web.pages.notices.store_notices import Segment
from inspection.web.pages.rankings.region_tiles import LAYOUT, tiles

KEPT = re.compile(r'class="kept" x="([0-9.]+)" width="([0-9.]+)"')
LOST = re.compile(r'class="lost" x="([0-9.]+)" width="([0-9.]+)"')


@pytest.mark.parametrize(
    ("lost", "full", "step"),
    [(0, 2000, 0), (None, 2000, 0), (100, 2000, 1), (101, 2000, 2), (240, 2000, 2), (500, 2000, 3),
     (800, 2000, 4), (801, 2000, 5), (2000, 2000, 5), (5, 0, 0)],
)  # fmt: skip
def test_heat_has_five_steps_by_the_share_of_the_sections_marks(lost, full, step):
    assert charts.heat_step(lost, full) == step


@pytest.mark.parametrize(
    ("average", "step"),
    [(9700, 1), (9400, 1), (9399, 2), (9150, 2), (9000, 3), (8600, 4), (8599, 5)],
)
def test_a_region_is_shaded_by_its_distance_to_the_line(average, step):
    assert charts.tile_step(average, 9000) == step
    assert charts.tile_limits(9000) == (9400, 9150, 9000, 8600)


def test_a_score_bar_is_as_wide_as_the_marks_and_ends_where_it_began():
    drawn = charts.score_bar([Segment(2000, 0), Segment(2100, 800), Segment(400, 400)], "得 33")
    kept = [(float(x), float(width)) for x, width in KEPT.findall(drawn)]
    assert kept[0][0] == 0
    assert sum(kept[-1]) == pytest.approx(charts.BAR_WIDTH, abs=0.2)
    assert kept[1][1] / kept[0][1] == pytest.approx(2100 / 2000, rel=0.01)
    (second, third) = [(float(x), float(width)) for x, width in LOST.findall(drawn)]
    assert second[1] / kept[1][1] == pytest.approx(800 / 2100, rel=0.01)
    assert sum(second) == pytest.approx(sum(kept[1]), abs=0.2)
    assert third == pytest.approx(kept[2], abs=0.2)


def test_a_section_that_dropped_out_is_grey():
    drawn = charts.score_bar([Segment(2000, None), Segment(0, 0)], "")
    assert 'class="rest"' in drawn
    assert "lost" not in drawn


def test_a_bar_without_sections_is_empty():
    assert "rect" not in charts.score_bar([], "")


@pytest.mark.parametrize("said", ['"><script>', "<b>", "&"])
def test_words_of_people_never_become_markup(said):
    points = [Point(said, 9000), Point("b", 9100)]
    for drawn in (charts.score_bar([Segment(1, 0)], said), charts.trend(points, said)):
        assert "<script" not in drawn
        assert "<b>" not in drawn


def test_a_loss_bar_is_measured_against_the_largest():
    assert 'width="50.0"' in charts.loss_bar(300, 600, 500)
    assert "fade" not in charts.loss_bar(300, 600, 660)
    assert "fade" in charts.loss_bar(300, 600, 661)
    assert 'width="0.0"' in charts.loss_bar(0, 0, 0)


def test_one_result_is_no_trend():
    assert charts.trend([Point("2026Q4", 9000)], "") == ""
    assert charts.trend([], "") == ""


@pytest.mark.parametrize(
    "values", [(9000, 9000), (0, 10_000), (9000, 9050, 8900), (8123, 9677), (-500, 500)]
)
def test_a_trend_stays_inside_its_frame(values):
    drawn = charts.trend([Point(str(n), value) for n, value in enumerate(values)], "")
    (line,) = re.findall(r'<polyline class="line" points="([^"]+)"', drawn)
    ys = [float(spot.split(",")[1]) for spot in line.split()]
    assert all(10 <= y <= 145 for y in ys)
    assert [a > b for a, b in itertools.pairwise(ys)] == [
        a < b for a, b in itertools.pairwise(values)
    ]


def test_what_others_had_is_drawn_beside_and_fits_too():
    values = [Point("a", 9000), Point("b", 9100)]
    assert "mean" not in charts.trend(values, "")
    (line,) = re.findall(
        r'class="mean" points="([^"]+)"', charts.trend(values, "", beside=[7000, 9900])
    )
    assert all(10 <= float(spot.split(",")[1]) <= 145 for spot in line.split())


def test_a_long_history_names_only_some_rounds_and_always_the_last():
    drawn = charts.trend([Point(f"R{n}", 9000 + n) for n in range(20)], "")
    names = re.findall(r">(R\d+)<", drawn)
    assert len(names) <= 6
    assert names[-1] == "R19"


def a_region(code: str) -> RegionAverage:
    label = RegionLabel(code=code, path=f"/{code}/", level="branch", name=Text(code, code))
    return RegionAverage(
        region=label, average=None, change=None, ranked=0, expected=0, covered=False, rank=None
    )


def test_the_branches_of_the_province_are_laid_out_without_overlap():
    laid = tiles([a_region(code) for code in LAYOUT])
    assert len({(tile.column, tile.row) for tile in laid}) == 14
    assert {tile.column for tile in laid} <= set(range(1, 7))
    assert {tile.row for tile in laid} <= set(range(1, 6))


def test_regions_nobody_laid_out_follow_each_other():
    assert [tile.column for tile in tiles([a_region("620100"), a_region("110000")])] == [0, 0]
    assert tiles([]) == ()


def test_columns_and_sections_meet_by_name_not_by_place():
    name = Text("", "")
    columns = [
        RankingColumn(section=code, title=name, short=name, full=100, comparable=True)
        for code in ("A", "B", "C")
    ]
    cells = [
        SectionCell(section="C", full=100, score=90, lost=10),
        SectionCell(section="X", full=100, score=0, lost=100),
        SectionCell(section="A", full=100, score=100, lost=0),
    ]
    assert [cell.section if cell else None for _, cell in beside(columns, cells)] == [
        "A",
        None,
        "C",
    ]
    assert [column.section for column, _ in lost_in(columns, cells)] == ["C"]
