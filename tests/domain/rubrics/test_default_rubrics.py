"""The two rubrics we ship say exactly what was agreed, and every file in scorecards/ is right."""

import json

import pytest

from inspection.domain.points import plain
from inspection.domain.rubrics.rubric import Info, Occ, Sum, Tier
from inspection.domain.rubrics.rubric_digest import digest
from inspection.domain.rubrics.rubric_item_checks import options, worst
from tests.domain.sheets import KC, KH, rubric_in
from tests.habits.tree import ROOT

AGREED = json.loads((ROOT / "tests/golden/rubric_items.json").read_text(encoding="utf-8"))
FILES = sorted((ROOT / "scorecards").glob("*.toml"))


def losses(rule):
    """The losses of a rule as the agreed table writes them."""
    match rule:
        case Occ(each):
            return [plain(each)]
        case Tier(graded):
            return [plain(option.loss) for option in graded]
        case Sum(ticks):
            return [plain(tick.loss) for tick in ticks]


def as_agreed(item):
    """An item in the columns of the agreed table."""
    vetoes = any(option.veto for _, option in options(item, ()))
    assert vetoes == (item.critical.effect == "veto")
    return {
        "code": item.code,
        "title": item.title.zh,
        "full": plain(item.full),
        "rule_text": item.rule_text.zh,
        "kind": type(item.rule).__name__.lower(),
        "losses": losses(item.rule),
        "veto": vetoes,
        "evidence": item.evidence,
        "na": item.na,
        "feature": item.feature,
        "severity": item.severity,
        "rectification": item.rectification.zh,
        "hours": item.hours,
        "source": item.source,
    }


@pytest.mark.parametrize("rubric", [KC, KH], ids=["KC", "KH"])
def test_every_item_is_as_agreed(rubric):
    assert [as_agreed(item) for item in rubric.items()] == AGREED[rubric.code]


@pytest.mark.parametrize(
    ("rubric", "columns", "items"),
    [(KC, [20, 20, 21, 4, 10, 10, 15], 37), (KH, [15, 15, 18, 10, 10, 12, 20], 41)],
    ids=["KC", "KH"],
)
def test_sections_have_the_agreed_marks(rubric, columns, items):
    assert [section.full for section in rubric.sections] == [100 * full for full in columns]
    assert len(list(rubric.items())) == items


def test_the_sections_of_the_club_card_have_the_names_of_the_source():
    assert [(section.key, section.title.zh) for section in KC.sections] == [
        ("environment", "环境评价"),
        ("vi_signage", "VI标识"),
        ("facilities", "服务设施"),
        ("materials", "资料摆放"),
        ("cross_region", "跨区服务"),
        ("appearance", "人员仪表"),
        ("deportment", "人员仪态"),
    ]


@pytest.mark.parametrize(
    ("rubric", "code", "option"),
    [
        (KC, "KC-E-07", "blocked_or_dead"),
        (KC, "KC-D-03", "abuse"),
        (KH, "KH-E-06", "blocked_or_dead"),
        (KH, "KH-D-03", "abuse"),
        (KH, "KH-B-04", "not_confirmed"),
    ],
)
def test_a_veto_hangs_on_the_one_option_that_says_so(rubric, code, option):
    found = options(rubric.item(code), ())
    assert [(each.code, each.loss) for _, each in found if each.veto] == [
        (option, rubric.item(code).full)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_shipped_rubric_is_right_and_named_after_its_file(path):
    rubric = rubric_in(path)
    assert rubric.code == path.stem
    assert all(worst(item) == item.full for item in rubric.items())


def test_no_two_shipped_rubrics_are_the_same():
    assert len({digest(rubric_in(path)) for path in FILES}) == len(FILES) == 2


@pytest.mark.parametrize("rubric", [KC, KH], ids=["KC", "KH"])
def test_every_english_wording_is_english(rubric):
    words = [text for item in rubric.items() for text in english(item)]
    assert [word for word in words if not word.isascii()] == []


def english(item):
    """Every English text of an item."""
    yield from (item.title.en, item.standard.en, item.rule_text.en, item.rectification.en)
    yield from (option.text.en for _, option in options(item, ()))
    assert not isinstance(item.rule, Info)
    if isinstance(item.rule, Occ):
        yield item.rule.unit.en
