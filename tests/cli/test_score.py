"""`inspection score`: a visit becomes a scorecard without a server."""

import json
from pathlib import Path

import pytest

from inspection.cli.score import LARGEST_FILE, score
from tests.habits.tree import ROOT

RUBRIC = ROOT / "scorecards/KC.toml"
EXAMPLE = ROOT / "docs/examples/golden-replay.json"


def run(answers, *, rubric=RUBRIC, language="zh-CN", as_json=False, explain=None):
    """The exit code of the command."""
    return score(rubric, answers, language=language, as_json=as_json, explain=explain)


@pytest.fixture
def written(tmp_path):
    """Writes the documented example with changes, gives its path."""

    def write(**changes):
        visit = json.loads(EXAMPLE.read_text(encoding="utf-8")) | changes
        path = tmp_path / "visit.json"
        path.write_text(json.dumps(visit), encoding="utf-8")
        return path

    return write


def answers_with(item, **finding):
    """The answers of the example with one of them replaced."""
    given = json.loads(EXAMPLE.read_text(encoding="utf-8"))["answers"]
    return [{"item": item, **finding} if each["item"] == item else each for each in given]


def test_the_documented_example_prints_the_card_of_2010(capsys):
    assert run(EXAMPLE) == 0
    assert capsys.readouterr().out.splitlines()[2:13] == [
        "评分项目   满分   得分    失分",
        "环境评价     20   20.0       0",
        "VI标识       20   19.5    −0.5",
        "服务设施     21   13.0      −8",
        "资料摆放      4    2.0      −2",
        "跨区服务     10   10.0       0",
        "人员仪表     10   10.0       0",
        "人员仪态     15   15.0       0",
        "合计        100   89.5   −10.5",
        "",
        "总得分 89.5 分（满分 100 分，失分 −10.5）",
    ]


def test_the_losses_are_listed_with_what_was_seen(capsys):
    run(EXAMPLE)
    out = capsys.readouterr().out
    assert "  KC-F-01 手机加油站(应急充电)齐备可用 −3：未配备。前台称从未配发" in out
    assert "  KC-M-01 资料架、台面资料摆放整齐 −1：台面资料散放，共 1 处" in out


def test_the_card_speaks_english(capsys):
    assert run(EXAMPLE, language="en") == 0
    out = capsys.readouterr().out
    assert "Total 89.5 of 100, lost −10.5" in out
    assert "Outcome: passed   Grade: Good" in out
    assert "KC-F-02 Shoe-shine machine −2: Not provided" in out


def test_a_shipped_rubric_goes_by_its_code(capsys):
    assert run(EXAMPLE, rubric=Path("KC")) == 0
    assert "89.5" in capsys.readouterr().out


def test_json_carries_hundredths_and_every_step(capsys):
    assert run(EXAMPLE, as_json=True) == 0
    card = json.loads(capsys.readouterr().out)
    assert (card["total"], card["lost"], card["outcome"]) == (8950, 1050, "pass")
    assert [section["lost"] for section in card["sections"]] == [0, 50, 800, 200, 0, 0, 0]
    assert card["steps"][-1]["code"] == "total.band"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("KC-F-01", "判为“未配备”，扣 3 分"),
        ("KC-F", "KC-F-01 3 + KC-F-02 2 + KC-F-03 3 = 失 8 分"),
        ("total", "总分：89.5 保留两位小数"),
        ("all", "KC-E-01 门前地面"),
    ],
)
def test_a_number_is_explained(place, said, capsys):
    assert run(EXAMPLE, explain=place) == 0
    explained = capsys.readouterr().out.partition("计算过程")[2]
    assert said in explained


def test_a_number_that_is_not_there_cannot_be_explained(capsys):
    assert run(EXAMPLE, explain="KC-Z") == 1
    assert "没有“KC-Z”" in capsys.readouterr().err


def test_a_veto_stands_beside_the_total(written, capsys):
    answers = answers_with("KC-D-03", verdict="loss", veto=True, note="对客户说“不办就走”")
    assert run(written(answers=answers)) == 0
    out = capsys.readouterr().out
    assert "总得分 86.5 分 否决" in out
    assert "结论：不合格（否决）" in out
    assert "−3：辱骂顶撞。对客户说“不办就走”，否决" in out


def test_marks_that_do_not_apply_get_a_column_and_a_dash(written, capsys):
    given = json.loads(EXAMPLE.read_text(encoding="utf-8"))["answers"]
    unseen = {"verdict": "not_observed", "reason": "没有跨区客户"}
    answers = [
        {"item": each["item"], **unseen} if each["item"].startswith("KC-X") else each
        for each in given
    ]
    assert run(written(answers=answers)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "评分项目   满分   适用    得分     失分" in lines
    assert "跨区服务     10      0       —        —" in lines
    assert "总得分 88.33 分（满分 100 分，失分 −11.67）" in lines


def test_nothing_scored_is_no_score(written, capsys):
    given = json.loads(EXAMPLE.read_text(encoding="utf-8"))["answers"]
    unseen = {"verdict": "not_observed", "reason": "当天停业"}
    assert run(written(answers=[{"item": each["item"], **unseen} for each in given])) == 0
    out = capsys.readouterr().out
    assert "不产生得分" in out
    assert "没有失分。" in out


def test_repeats_refunds_and_bonuses_are_shown(tmp_path, capsys):
    mini = ROOT / "tests/domain/mini.toml"
    codes = ["MINI-A-01", "MINI-A-02", "MINI-A-03", "MINI-B-01"]
    visit = {
        "rubric": "MINI",
        "features": ["guest_wifi"],
        "earlier": {"round": "2026-Q3", "items": ["MINI-B-02"]},
        "bonuses": ["PLUS-1"],
        "answers": [
            *({"item": code, "verdict": "pass"} for code in codes),
            {"item": "MINI-A-04", "verdict": "pass", "measured": "3.5"},
            {"item": "MINI-B-02", "verdict": "loss", "count": 2, "note": "未说您好",
             "corrected_on_spot": True},
            {"item": "MINI-B-03", "verdict": "pass", "note": "3人"},
        ],
    }  # fmt: skip
    path = tmp_path / "visit.json"
    path.write_text(json.dumps(visit), encoding="utf-8")
    assert run(path, rubric=mini) == 0
    out = capsys.readouterr().out
    assert "加分 2 分。" in out
    assert "−2.25：未说您好，共 2 次，其中重复加扣 −1.5，当场整改退回 2.25" in out


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_answers_that_do_not_fit_are_all_named(language, written, tmp_path, capsys):
    answers = answers_with("KC-F-01", verdict="loss", option="broken")
    features = ["sauna", "charging_station_required"]
    assert run(written(answers=answers[1:], features=features), language=language) == 1
    opening, *faults = capsys.readouterr().err.splitlines()
    assert "4" in opening.removeprefix(str(tmp_path))
    places = [fault.split()[0] for fault in faults]
    assert places == ["/features/0", "/answers/12/option", "/answers/12/photos", "/answers"]


@pytest.mark.parametrize(
    ("content", "pointer"),
    [
        (b"", ""),
        (b"{", ""),
        (b'{"rubric": "KC", "features": [], "answers": [], "total": 100}', "/total"),
        (
            b'{"rubric": "KC", "features": [], "answers": [{"item": "KC-E-01"}]}',
            "/answers/0/verdict",
        ),
        (b'{"rubric": "KC", "features": [], "answers": [], "bonuses": [NaN]}', "/bonuses/0"),
    ],
)
def test_a_file_of_another_form_is_refused_with_the_place(content, pointer, tmp_path, capsys):
    path = tmp_path / "visit.json"
    path.write_bytes(content)
    assert run(path) == 1
    assert f"  {pointer}  " in capsys.readouterr().err


def test_a_file_that_is_too_large_is_refused(tmp_path, capsys):
    path = tmp_path / "visit.json"
    path.write_bytes(b" " * (LARGEST_FILE + 1))
    assert run(path) == 1
    assert f"超过 {LARGEST_FILE} 字节" in capsys.readouterr().err


def test_answers_to_another_rubric_are_refused(capsys):
    assert run(EXAMPLE, rubric=ROOT / "scorecards/KH.toml") == 1
    assert "KC" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    assert run(tmp_path / "visit.json") == 1
    assert "visit.json" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["none.toml", "bad.toml"])
def test_a_rubric_that_cannot_be_used_is_said(name, tmp_path, capsys):
    (tmp_path / "bad.toml").write_text("code = 1", encoding="utf-8")
    assert run(EXAMPLE, rubric=tmp_path / name) == 1
    captured = capsys.readouterr()
    assert name in captured.err
    assert captured.out == ""
