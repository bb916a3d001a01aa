"""The sections of an issue: chosen, moved, kept in a line, laid out, and left out whole."""

from pathlib import Path

import msgspec
import pytest
from msgspec import UNSET

from inspection.domain.bulletins.bulletin_layout import OF_A_KIND, laid_out, only
from inspection.domain.bulletins.bulletin_sections import (
    BulletinSection as S,
)
from inspection.domain.bulletins.bulletin_sections import (
    Step,
    choices_in,
    chosen,
    kept_text,
    moved,
    told,
)
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot, canonical, sealed
from tests.documents.bulletins import a_bulletin_snapshot, a_case, a_part

USUAL = tuple(S)
BEFORE = Path(__file__).parents[2] / "golden" / "bulletin-before-gaps.json"
CASE = a_case("ab" * 32, "cd" * 32)


def sections_of(said):
    """What is told, without the kinds of stores."""
    return [section for section, _ in laid_out(said)]


def test_nothing_kept_is_the_usual_order():
    assert told(choices_in("")) == USUAL


def test_a_choice_is_read_back_as_it_was_kept():
    choices = chosen((S.CASE, S.UNITS), (S.CASE, S.SCORED))
    assert told(choices) == (S.CASE, S.SCORED)
    assert kept_text(choices).startswith("case -units -highlights scored")
    assert choices_in(kept_text(choices)) == choices


def test_a_section_the_kept_line_does_not_know_is_told_at_the_end():
    assert told(choices_in("case -units"))[:2] == (S.CASE, S.HIGHLIGHTS)


@pytest.mark.parametrize(
    ("section", "step", "place"),
    [
        (S.SCORED, Step.UP, 0),
        (S.SCORED, Step.DOWN, 2),
        (S.HIGHLIGHTS, Step.UP, 0),
        (S.CLOSING, Step.DOWN, len(USUAL) - 1),
    ],
)
def test_a_section_moves_by_one_and_stops_at_the_ends(section, step, place):
    order = told(moved(choices_in(""), section, step))
    assert order.index(section) == place
    assert set(order) == set(USUAL)


def test_an_issue_from_before_keeps_its_json_and_its_check_code():
    bare = a_bulletin_snapshot()
    text = canonical(bare)
    assert b'"sections":["' not in text.split(b'"check"')[1]
    again = msgspec.json.decode(text, type=BulletinSnapshot)
    assert canonical(again) == text
    assert sealed(again).check == bare.check
    assert sections_of(bare) == [s for s in USUAL if s is not S.CASE]


def test_an_issue_from_before_there_were_gaps_keeps_its_bytes():
    text = BEFORE.read_bytes()
    said = msgspec.json.decode(text, type=BulletinSnapshot)
    assert canonical(said) == text
    assert sealed(said).check == said.check
    assert S.GAPS not in sections_of(said)


def test_without_anybody_to_compare_with_nothing_is_said_of_gaps():
    part = a_part()
    nobody = msgspec.structs.replace(
        part.gaps, whole=msgspec.structs.replace(part.gaps.whole, theirs=None, gap=None)
    )
    said = a_bulletin_snapshot(rankings=(msgspec.structs.replace(part, gaps=nobody),))
    assert S.GAPS not in sections_of(said)


def test_neighbours_told_for_each_kind_stay_together_kind_by_kind():
    hall = a_part(store_kind="营业厅", exposed=(), items=(), best=(), worst=(), gaps=UNSET)
    said = a_bulletin_snapshot(rankings=(a_part(), hall))
    of_kinds = [(s, p.store_kind) for s, p in laid_out(said) if p]
    assert of_kinds == [
        *((s, "客户俱乐部") for s in USUAL if s in OF_A_KIND - {S.GAPS}),
        (S.SCORED, "营业厅"),
        (S.UNITS, "营业厅"),
        (S.GAPS, "客户俱乐部"),
    ]
    apart = only(said, (S.UNITS, S.OVERDUE, S.SCORED))
    assert sections_of(apart) == [S.UNITS, S.UNITS, S.OVERDUE, S.SCORED, S.SCORED]


def test_what_there_is_nothing_to_say_about_is_not_laid_out():
    bare = a_bulletin_snapshot(complaints=None, closing=(), rankings=())
    assert sections_of(bare) == [S.HIGHLIGHTS, S.RECTIFICATION, S.BY_UNIT, S.OVERDUE]


def test_what_is_left_out_is_not_in_the_snapshot_either():
    whole = a_bulletin_snapshot(case=CASE)
    assert only(whole, USUAL) == msgspec.structs.replace(whole, sections=USUAL)
    text = canonical(only(whole, (S.RECTIFICATION,))).decode()
    for words in ("云汀路", "手机加油站", "盯紧超时项", "三家待审核", "营业厅", "天水"):
        assert words not in text
    told_figures = only(whole, (S.HIGHLIGHTS,))
    assert told_figures.preface == whole.preface
    assert told_figures.rankings[0].average == whole.rankings[0].average
    assert told_figures.rankings[0].units == ()


@pytest.mark.parametrize("section", USUAL)
def test_an_issue_may_have_any_one_section(section):
    said = only(a_bulletin_snapshot(case=CASE), (section,))
    assert sections_of(said) == [section]
