"""A notice says what the scorecard says, in words that are final, and nothing about the visitor."""

from datetime import UTC, datetime

import msgspec
import pytest

from inspection.domain.notices.notice import NoticeSnapshot, canonical, genuine, sealed
from inspection.domain.notices.notice_draft import LineUnknown
from inspection.domain.notices.notice_letter import REPORT_BACK, house_demands
from inspection.domain.notices.notice_score import NotScored
from inspection.domain.plain_text import TextTooLong
from inspection.domain.points import Hundredths
from inspection.wording import Language, catalogue
from tests.domain.notice_matters import ISSUED, a_letter, a_matter, a_notice, print_sha
from tests.domain.sheets import KC, KH, loss, not_applicable, sheet

ZH = catalogue(Language.ZH)


def with_card(matter, **changed):
    card = msgspec.structs.replace(matter.scorecard, **changed)
    return msgspec.structs.replace(matter, scorecard=card)


def test_the_golden_replay_prints_its_seven_columns():
    notice = a_notice()
    assert (notice.score, notice.full, notice.lost) == ("89.5", "100", "−10.5")
    assert [row.score for row in notice.sections] == [
        *("20.0", "19.5", "13.0", "2.0", "10.0", "10.0", "15.0"),
    ]
    assert [row.lost for row in notice.sections] == [
        *("0.0", "−0.5", "−8.0", "−2.0", "0.0", "0.0", "0.0"),
    ]
    assert [row.full for row in notice.sections] == ["20", "20", "21", "4", "10", "10", "15"]


def test_printed_strings_and_exact_hundredths_agree():
    notice = a_notice()
    assert sum(row.lost_hundredths for row in notice.sections) == notice.lost_hundredths == 1050
    assert sum(line.lost_hundredths for line in notice.lines) == notice.lost_hundredths
    assert notice.score_hundredths + notice.lost_hundredths == notice.full_hundredths


def test_each_loss_is_a_line_in_the_order_of_the_card():
    assert [(line.no, line.item, line.lost) for line in a_notice().lines] == [
        (1, "KC-V-06", "−0.5"),
        (2, "KC-F-01", "−3.0"),
        (3, "KC-F-02", "−2.0"),
        (4, "KC-F-03", "−3.0"),
        (5, "KC-M-01", "−1.0"),
        (6, "KC-M-02", "−1.0"),
    ]


def test_a_line_is_due_after_its_own_hours():
    line = a_notice().lines[0]
    assert (line.hours, line.allowed, line.due) == (48, "48 小时", "11月21日 09:00")
    assert line.due_at == datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def test_the_head_shows_the_first_and_the_last_deadline():
    notice = a_notice()
    assert (notice.first_due, notice.last_due) == ("11月20日 09:00", "11月26日 09:00")
    assert notice.report_back_at == max(line.due_at for line in notice.lines)


def test_the_demands_name_the_hour_of_the_last_line():
    demands = a_notice().demands
    assert len(demands) == len(house_demands(ZH)) == 4
    assert "于 11月26日 09:00 前" in demands[1]
    assert not any(REPORT_BACK in demand for demand in demands)


def test_demands_and_disposals_may_be_chosen():
    letter = a_letter(
        demands=("三日内书面说明。", "{braces} 保留"), disposals=("at_once", "circular")
    )
    notice = a_notice(letter=letter)
    assert notice.demands == ("三日内书面说明。", "{braces} 保留")
    assert [d.word for d in notice.disposals if d.ticked] == ["立即整改", "通报"]


def test_a_covert_visit_is_told_by_its_week():
    notice = a_notice()
    assert (notice.visited, notice.covert) == ("2026年第47周", True)
    assert "于2026年第47周对你单位进行了暗访" in notice.basis


def test_an_announced_visit_is_told_by_its_day():
    notice = a_notice(a_matter(kind="self_check"))
    assert (notice.visited, notice.covert) == ("2026年11月18日", False)


def test_figures_count_through_the_whole_notice():
    notice = a_notice(a_matter(photographed=("KC-V-06", "KC-F-03", "KC-F-03", "KC-M-02")))
    assert [[photo.figure for photo in line.photos] for line in notice.lines] == [
        *([1], [], [], [2, 3], [], [4]),
    ]
    assert notice.lines[0].photos[0].sha256 == print_sha("KC-V-06")


def test_a_veto_keeps_the_score_and_says_so():
    answers = sheet(KC, loss("KC-E-07", option="blocked_or_dead"))
    notice = a_notice(a_matter(answers=answers))
    assert (notice.score, notice.outcome) == ("98.0", "否决 · 不合格")
    assert (notice.lines[0].severity, notice.lines[0].severity_word) == ("veto", "否决")


def test_an_item_that_may_veto_but_did_not_is_a_major_line():
    notice = a_notice(a_matter(answers=sheet(KC, loss("KC-D-03", count=1))))
    assert notice.lines[0].severity == "major"
    assert notice.outcome == ""


def test_a_section_that_does_not_apply_shows_a_dash_and_why():
    answers = sheet(KH, *(not_applicable(f"KH-M-0{n}") for n in range(1, 6)))
    matter = a_matter(rubric=KH, answers=answers, features=frozenset(KH.features()))
    off = [score for score in matter.scorecard.sections if score.earned is None]
    notice = a_notice(matter)
    dashed = [row for row in notice.sections if row.score == "—"]
    assert len(dashed) == len(off) == 1
    assert (dashed[0].lost, dashed[0].score_hundredths, dashed[0].rate_permille) == (
        "—",
        None,
        None,
    )
    assert notice.notes == (ZH["paper.score.section_off"],)


def test_scaled_sections_are_explained_when_they_do_not_add_up():
    matter = with_card(a_matter(), raw=Hundredths(8949), total=Hundredths(8949))
    notice = a_notice(matter)
    assert (notice.score, notice.notes) == ("89.49", (ZH["paper.score.rounded"],))


def test_a_card_scaled_as_a_whole_does_not_blame_rounding():
    scaled = with_card(a_matter(), raw=Hundredths(8949), total=Hundredths(8949))
    rubric = msgspec.structs.replace(scaled.rubric, na_method="whole_card")
    assert a_notice(msgspec.structs.replace(scaled, rubric=rubric)).notes == ()


def test_points_that_were_stretched_over_what_did_not_apply_are_explained():
    answers = sheet(KH, not_applicable("KH-F-02"), loss("KH-F-03", count=1))
    matter = a_matter(rubric=KH, answers=answers, features=frozenset(KH.features()))
    (row,) = [row for row in a_notice(matter).sections if row.lost_hundredths]
    (line,) = a_notice(matter).lines
    assert row.lost_hundredths > line.lost_hundredths
    assert a_notice(matter).notes == (ZH["paper.score.scaled"],)


def test_a_visit_without_losses_makes_a_notice_without_lines():
    notice = a_notice(a_matter(answers=sheet(KC)))
    assert (notice.lines, notice.score, notice.lost) == ((), "100.0", "0.0")
    assert notice.first_due == notice.last_due == "11月26日 09:00"


def test_comparisons_are_left_out_when_there_is_nothing_to_compare_with():
    bare = a_letter(previous_score=None, rank=None, ranked=None, benchmark_gap=None)
    notice = a_notice(letter=bare)
    assert (notice.previous_score, notice.rank, notice.benchmark_gap) == (None, None, None)


@pytest.mark.parametrize(("gap", "printed"), [(529, "+5.29"), (0, "0.0"), (-1547, "−15.47")])
def test_a_gap_keeps_its_sign(gap, printed):
    assert a_notice(letter=a_letter(benchmark_gap=gap)).benchmark_gap == printed


def test_an_unscored_visit_makes_no_notice():
    with pytest.raises(NotScored):
        a_notice(with_card(a_matter(), total=None))


def test_a_line_about_an_unknown_item_is_refused_by_name():
    matter = a_matter()
    strange = msgspec.structs.replace(matter.lines[0], item="XX-01")
    with pytest.raises(LineUnknown) as refused:
        a_notice(msgspec.structs.replace(matter, lines=(strange,)))
    assert refused.value.facts == {"item": "XX-01"}


def test_a_text_that_does_not_fit_is_refused_not_cut():
    matter = a_matter()
    long = msgspec.structs.replace(matter.lines[0], problem="长" * 501)
    with pytest.raises(TextTooLong):
        a_notice(msgspec.structs.replace(matter, lines=(long,)))


def test_what_was_said_survives_storage_unchanged():
    notice = a_notice(a_matter(photographed=("KC-V-06",)))
    stored = canonical(notice)
    again = msgspec.json.decode(stored, type=NoticeSnapshot)
    assert again == notice
    assert canonical(again) == stored


def test_the_check_code_belongs_to_these_words():
    notice = a_notice()
    assert genuine(notice)
    assert not genuine(msgspec.structs.replace(notice, score="99.5"))
    assert not genuine(msgspec.structs.replace(notice, check=""))
    assert sealed(notice) == notice


def test_the_same_facts_make_the_same_notice():
    assert canonical(a_notice()) == canonical(a_notice())


def test_a_notice_in_english_is_english_throughout():
    answers = sheet(
        KC, loss("KC-F-01", option="not_provided", note=""), loss("KC-M-01", count=2, note="")
    )
    matter = a_matter(Language.EN, answers=answers)
    notice = a_notice(matter, language=Language.EN, number="SQ 2026-1")
    chinese = [c for c in canonical(notice).decode() if "\u4e00" <= c <= "\u9fff"]
    assert chinese == []
    assert notice.visited == "week 47 of 2026"
    assert notice.lines[0].due == "26 November 09:00"


def test_a_preview_has_no_number_yet():
    assert a_notice(number="").number == ""
    assert a_notice().issued_at == ISSUED


def test_what_older_notices_do_not_say_leaves_their_bytes_as_they_were():
    notice = a_notice()
    facts = msgspec.json.decode(canonical(notice))
    assert not {"replaces", "seal"} & facts.keys()
    bare = {name: value for name, value in facts.items() if name != "check"}
    order = [f for f in NoticeSnapshot.__struct_fields__ if f not in {"replaces", "seal", "check"}]
    assert list(bare) == order
    assert genuine(msgspec.json.decode(canonical(notice), type=NoticeSnapshot))


def test_a_notice_that_stands_in_for_another_says_so_and_is_sealed_with_it():
    notice = sealed(msgspec.structs.replace(a_notice(), replaces="甘移服整〔2026〕1号"))
    assert msgspec.json.decode(canonical(notice))["replaces"] == "甘移服整〔2026〕1号"
    assert notice.check != a_notice().check


def test_a_merged_line_names_every_item_and_a_carried_one_keeps_its_deadline():
    matter = a_matter()
    first, second, *others = matter.lines
    due = datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    line = msgspec.structs.replace(second, others=(others[0].item,), due_at=due)
    notice = a_notice(matter=msgspec.structs.replace(matter, lines=(first, line)))
    assert notice.lines[1].item == "KC-F-01、KC-F-02"
    assert "、" in notice.lines[1].item_title
    assert (notice.lines[1].due_at, notice.report_back_at) == (due, due)
