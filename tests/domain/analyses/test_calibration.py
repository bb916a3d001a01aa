"""How differently inspectors judge."""

from inspection.domain.analyses.calibration import (
    Judged,
    dispersion,
    inspector_rates,
    together,
    widest_first,
)

THREE = {
    "mild": Judged(10, 3000, 0),
    "usual": Judged(10, 3000, 300),
    "strict": Judged(5, 1500, 750),
    "new": Judged(4, 1200, 1200),
    "never": Judged(9, 0, 0),
}


def test_the_spread_is_among_those_who_judged_often_enough():
    found = dispersion("A", THREE)
    assert (found.inspectors, found.times, found.overall) == (3, 25, 1400)
    assert (found.lowest, found.middle, found.highest, found.range) == (0, 1000, 5000, 5000)
    assert found.rates == (0, 1000, 5000)


def test_one_inspector_spreads_nothing():
    assert dispersion("A", {"mild": THREE["mild"]}) is None
    assert dispersion("A", {}) is None


def test_the_widest_spread_comes_first():
    wide, narrow = dispersion("B", THREE), dispersion("A", {**THREE, "strict": THREE["usual"]})
    assert [each.item for each in widest_first((narrow, None, wide))] == ["B", "A"]


def test_inspectors_side_by_side():
    assert [(r.inspector, r.times, r.rate, r.off) for r in inspector_rates(THREE)] == [
        ("strict", 5, 5000, 3600),
        ("usual", 10, 1000, -400),
        ("mild", 10, 0, -1400),
    ]
    assert inspector_rates({}) == []
    assert together(()) == Judged()
