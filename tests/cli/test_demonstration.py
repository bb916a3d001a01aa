"""The words of `inspection demo`: what day its story ends, and what it refuses."""

from datetime import UTC, date, datetime

import pytest

from inspection.cli import commands
from inspection.cli.demonstration import story_now

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 21, 2, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 7, 41, 12, tzinfo=UTC),
        datetime(2027, 3, 1, 0, 5, tzinfo=UTC),
    ],
)
def test_a_day_has_the_same_story_whenever_it_is_told(now):
    assert story_now(DAY, now) == datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def test_without_a_day_the_story_ends_today():
    late_in_utc = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)
    assert story_now(None, late_in_utc) == datetime(2026, 11, 20, 23, 0, tzinfo=UTC)
    assert story_now(None, datetime(2026, 11, 21, 9, 3, tzinfo=UTC)) == story_now(
        DAY, datetime(2026, 11, 22, 9, 3, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 20, 16, 0, tzinfo=UTC),
        datetime(2026, 11, 21, 1, 59, 59, tzinfo=UTC),
    ],
)
def test_early_in_the_day_the_story_ends_with_the_last_full_hour(now):
    assert story_now(DAY, now) == now.replace(minute=0, second=0)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--stores", "5"], "at least 20 stores"),
        (["--stores", "19"], "at least 20 stores"),
        (["--rounds", "0"], "at least 1 round"),
        (["--today", "9999-12-31"], "still to come"),
    ],
)
def test_a_province_it_cannot_make_is_refused_before_anything_is_opened(
    words, said, monkeypatch, capsys
):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    nothing_to_open = object()
    assert commands.main(["demo", *words], nothing_to_open) == 1
    assert said in capsys.readouterr().err


def test_a_day_that_is_none_is_refused(capsys):
    with pytest.raises(SystemExit):
        commands.main(["demo", "--today", "2026-02-30"], object())
    assert "'2026-02-30' is no day. Write it like 2026-11-21." in capsys.readouterr().err
