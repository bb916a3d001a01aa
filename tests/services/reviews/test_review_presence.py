"""When an inspector came and left, what was seen when, and remarks: told to reviewers."""

from datetime import UTC, datetime

import msgspec
import pytest

from inspection.domain.refusals import AnswersRefused
from inspection.domain.scoring.answers import AnswerFile, Answers
from inspection.domain.scoring.scoring import score
from inspection.persistence.statements import run
from inspection.services.reviews.review_detail import visit_for_review
from tests.cast import CLUB, SUN
from tests.habits.tree import ROOT
from tests.reviewing import a_visit
from tests.submissions import a_submission, rubric_in

STORE = {"latitude_e6": 36_061_000, "longitude_e6": 103_834_000}
HERE = STORE | {"accuracy_m": 9}
FAR = HERE | {"latitude_e6": 36_161_000}
CAME = "2026-11-18T08:05:00+08:00"
LEFT = "2026-11-18T08:52:00+08:00"


@pytest.fixture
async def mapped(province):
    """The province, its club with a place on the map."""
    await run(
        "UPDATE store SET latitude_e6 = ?, longitude_e6 = ? WHERE code = ?",
        STORE["latitude_e6"],
        STORE["longitude_e6"],
        CLUB,
    )
    return province


async def test_check_in_and_out_are_graded_by_the_servers_clock(mapped):
    visit = await a_visit(
        mapped,
        check_in={"at": CAME, "place": HERE},
        check_out={"at": LEFT, "place": None},
        clock_offset_ms=60_000,
    )
    detail = await visit_for_review(SUN.actor, visit)
    assert msgspec.to_builtins(detail.making.check_in) == {
        "at": "2026-11-18T08:06:00+08:00",
        "grade": "near",
        "distance_m": 0,
        "accuracy_m": 9,
    }
    assert detail.making.check_out is not None
    assert (detail.making.check_out.grade, detail.making.check_out.distance_m) == ("unknown", None)
    assert {"place_far", "place_repeated"} & {flag.code for flag in detail.flags} == set()


async def test_an_older_app_said_only_where_it_began(mapped):
    detail = await visit_for_review(SUN.actor, await a_visit(mapped))
    assert detail.making.check_in is not None
    assert (detail.making.check_in.grade, detail.making.check_in.at) == (
        "near",
        datetime(2026, 11, 18, 0, 10, 0, 120_000, tzinfo=UTC),
    )
    assert detail.making.check_out is None
    assert detail.making.remarks == ()


async def test_a_phone_that_says_nothing_is_no_fault(mapped):
    detail = await visit_for_review(SUN.actor, await a_visit(mapped, place=None))
    assert (detail.making.check_in, detail.making.check_out) == (None, None)


async def test_far_away_and_standing_still_are_worth_a_look(mapped):
    visit = await a_visit(
        mapped, check_in={"at": CAME, "place": FAR}, check_out={"at": LEFT, "place": FAR}
    )
    flags = {flag.code: flag.facts for flag in (await visit_for_review(SUN.actor, visit)).flags}
    assert flags["place_far"] == {"metres": "11120"}
    assert flags["place_repeated"] == {}


async def test_a_store_without_coordinates_grades_nothing(province):
    visit = await a_visit(province, check_in={"at": CAME, "place": FAR})
    detail = await visit_for_review(SUN.actor, visit)
    assert detail.making.check_in is not None
    assert (detail.making.check_in.grade, detail.making.check_in.accuracy_m) == ("unknown", 9)


async def test_remarks_come_in_the_order_they_were_made(province):
    later = {"at": "2026-11-18T08:30:00+08:00", "text": "叫号机卡纸"}
    first = {"at": "2026-11-18T08:15:00+08:00", "text": "保安指路"}
    detail = await visit_for_review(
        SUN.actor, await a_visit(province, remarks=[later, first], clock_offset_ms=0)
    )
    assert [(remark.at, remark.text) for remark in detail.making.remarks] == [
        (datetime(2026, 11, 18, 0, 15, tzinfo=UTC), "保安指路"),
        (datetime(2026, 11, 18, 0, 30, tzinfo=UTC), "叫号机卡纸"),
    ]


async def test_a_loss_says_when_it_was_seen(province):
    answers = a_submission(losses=("KC-E-01",))["answers"]
    answers[0]["observed_at"] = "2026-11-18T08:12:00+08:00"
    answers[1] |= {"verdict": "not_observed", "reason": "没有机会看到"}
    answers[1]["observed_at"] = "2026-11-18T08:20:00+08:00"
    detail = await visit_for_review(
        SUN.actor, await a_visit(province, answers=answers, clock_offset_ms=-60_000)
    )
    assert detail.lost_items[0].observed_at == datetime(2026, 11, 18, 0, 11, tzinfo=UTC)
    [aside] = [one for one in detail.set_aside if one.verdict == "not_observed"]
    assert aside.observed_at == datetime(2026, 11, 18, 0, 19, tzinfo=UTC)


def test_when_something_was_seen_does_not_change_the_score():
    replay = (ROOT / "docs/examples/golden-replay.json").read_bytes()
    visit = msgspec.json.decode(replay, type=AnswerFile)
    at = datetime(2026, 11, 18, 0, 5, tzinfo=UTC)
    seen = tuple(msgspec.structs.replace(answer, observed_at=at) for answer in visit.answers)
    card = score(rubric_in(), Answers(seen), frozenset(visit.features))
    assert (card.total, card.lost) == (8950, 1050)


@pytest.mark.parametrize(
    ("parts", "pointer"),
    [
        ({"check_in": {"at": "1980-01-01T00:00:00Z", "place": None}}, "/check_in/at"),
        ({"check_out": {"at": "2300-01-01T00:00:00Z", "place": None}}, "/check_out/at"),
        ({"remarks": [{"at": "1980-01-01T00:00:00Z", "text": "x"}]}, "/remarks/0/at"),
    ],
)
async def test_a_time_that_cannot_be_is_named(province, parts, pointer):
    with pytest.raises(AnswersRefused) as refused:
        await a_visit(province, **parts)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        (pointer, "visit.time_impossible")
    ]


async def test_a_visit_without_its_document_is_shown_without_its_making(mapped):
    visit = await a_visit(mapped, check_in={"at": CAME, "place": HERE})
    await run("DELETE FROM submission")
    making = (await visit_for_review(SUN.actor, visit)).making
    assert (making.check_in, making.check_out, making.remarks) == (None, None, ())
