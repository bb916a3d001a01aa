"""Several losses in one line: every item, point and photo of them, and nothing twice."""

import pytest

from inspection.domain.notices.notice_part import (
    MOST_PARTS,
    LinePart,
    LinesTooFew,
    LinesTooMany,
    LinesUnlike,
    check_alike,
    joined,
)
from inspection.domain.points import Hundredths


def part(item, **changed):
    facts = {
        "item": item,
        "section": "KC-E",
        "severity": "general",
        "lost": Hundredths(100),
        "problem": f"问题{item}。",
        "requirement": "立即清理。",
        "hours": 48,
    }
    return LinePart(**(facts | changed))


def test_a_joined_line_has_everything_the_parts_had():
    whole = joined(
        (
            part("A", photos=("1", "2")),
            part("B", photos=("2", "3"), severity="veto", hours=12, responsible="陈静"),
        ),
        500,
    )
    assert (whole.item, whole.severity, whole.lost, whole.hours) == ("A", "veto", 200, 12)
    assert (whole.problem, whole.requirement) == ("问题A。 问题B。", "立即清理。")
    assert (whole.photos, whole.responsible) == (("1", "2", "3"), "陈静")


def test_words_that_do_not_fit_together_keep_the_first():
    assert joined((part("A", problem="长" * 6), part("B")), 10).problem == "长" * 6


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ((part("A"),), LinesTooFew),
        ((part("A"), part("B", section="KC-F")), LinesUnlike),
        (tuple(part(str(n)) for n in range(MOST_PARTS + 1)), LinesTooMany),
    ],
)
def test_what_is_no_one_piece_of_work_is_refused(parts, refusal):
    with pytest.raises(refusal):
        check_alike(parts)


def test_parts_of_a_section_are_alike():
    check_alike((part("A"), part("B")))
