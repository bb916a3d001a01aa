"""How surely a phone was at its store. The same cases bind the phone's own grading."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.domain.visits.presence import FAR_M, NEAR_M, Grade, Graded, Spot, graded, repeats
from inspection.domain.visits.visit import Presence, Whereabouts
from tests.habits.tree import ROOT


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    place: Whereabouts | None
    store: Spot | None
    grade: Grade
    distance_m: int | None


CASES = msgspec.json.decode(
    (ROOT / "tests/golden/presence_cases.json").read_bytes(), type=tuple[Case, ...]
)
AT = datetime(2026, 11, 18, 6, 5, tzinfo=UTC)
STORE = Spot(36_061_000, 103_834_000)
HERE = Whereabouts(latitude_e6=36_061_010, longitude_e6=103_834_020, accuracy_m=9)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_place_is_graded(case):
    found = graded(case.place, case.store)
    assert (found.grade, found.distance_m) == (case.grade, case.distance_m)


def test_every_grade_and_every_accuracy_is_among_the_cases():
    assert {case.grade for case in CASES} == {"near", "far", "unsure", "unknown"}
    exact = {case.grade for case in CASES if case.place and case.place.accuracy_m == 0}
    assert exact == {"far", "unsure"}, "no receiver is exact: zero metres prove no presence"


def test_a_worse_accuracy_never_makes_a_place_surer():
    sure = {"near": 0, "far": 0, "unsure": 1}
    for metres in range(0, 2 * FAR_M, 50):
        place = HERE.latitude_e6 + round(metres / 0.1112)
        grades = [
            graded(_place(latitude=place, accuracy=accuracy), STORE).grade
            for accuracy in range(1, 2 * FAR_M, 25)
        ]
        doubt = [sure[grade] for grade in grades]
        assert doubt == sorted(doubt)
        assert len(set(grades) - {"unsure"}) <= 1


def test_the_limits_themselves_belong_inside():
    assert graded(_place(accuracy=NEAR_M), Spot(36_061_010, 103_834_020)) == Graded(
        "near", 0, NEAR_M
    )
    assert graded(_place(accuracy=NEAR_M + 1), Spot(36_061_010, 103_834_020)).grade == "unsure"


@pytest.mark.parametrize(
    ("minutes", "out", "expected"),
    [
        (20, HERE, True),
        (5, HERE, False),
        (20, Whereabouts(latitude_e6=36_061_010, longitude_e6=103_834_021, accuracy_m=9), False),
        (20, Whereabouts(latitude_e6=36_061_010, longitude_e6=103_834_020, accuracy_m=10), False),
        (20, None, False),
    ],
    ids=["constant", "soon", "moved", "another accuracy", "no position"],
)
def test_a_fix_that_never_changes_is_noticed(minutes, out, expected):
    check_in = Presence(at=AT, place=HERE)
    check_out = Presence(at=AT + timedelta(minutes=minutes), place=out)
    assert repeats(check_in, check_out) is expected


def test_nothing_repeats_where_one_is_missing():
    assert not repeats(None, Presence(at=AT, place=HERE))
    assert not repeats(Presence(at=AT, place=HERE), None)
    assert not repeats(Presence(at=AT, place=None), Presence(at=AT, place=None))


def _place(latitude: int = 36_061_010, accuracy: int = 9) -> Whereabouts:
    return Whereabouts(latitude_e6=latitude, longitude_e6=103_834_020, accuracy_m=accuracy)
