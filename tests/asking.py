"""Questions a planner is asked: small ones told in a line, and random ones for properties."""

from datetime import date, timedelta
from itertools import combinations, product

from hypothesis import strategies as st

from inspection.domain.rounds.planning import (
    County,
    InspectorToPlan,
    PastVisit,
    PlanAsked,
    PlannedVisit,
    PlanRules,
    Spot,
    StoreToPlan,
    Unit,
)
from inspection.domain.rounds.planning_costs import Costs
from inspection.domain.rounds.planning_rules import Rulebook

FIRST = date(2026, 11, 2)
"""A Monday."""

LANZHOU, TIANSHUI = "/62/6201/", "/62/6205/"
CHENGGUAN, ANNING, QINZHOU = f"{LANZHOU}620102/", f"{LANZHOU}620105/", f"{TIANSHUI}620502/"
SPOTS = {
    CHENGGUAN: Spot(36_061_000, 103_834_000),
    ANNING: Spot(36_104_000, 103_719_000),
    QINZHOU: Spot(34_581_000, 105_724_000),
}
COUNTIES = tuple(County(path=path, spot=spot, stores=10) for path, spot in SPOTS.items())
EASY = PlanRules(lockout_days=0, rotate=False, vary_weekday=False)


def a_store(id="s1", path=CHENGGUAN, **more) -> StoreToPlan:
    return StoreToPlan(id=id, region_path=path, **more)


def a_person(id="p1", **more) -> InspectorToPlan:
    return InspectorToPlan(id=id, **{"per_round": 10, "per_day": 2, **more})


def asked(stores, people, *, days=14, **more) -> PlanAsked:
    told = {
        "visit_kind": "mystery_visit",
        "first": FIRST,
        "last": FIRST + timedelta(days=days - 1),
        "counties": COUNTIES,
        "rules": EASY,
        **more,
    }
    return PlanAsked(stores=tuple(stores), inspectors=tuple(people), **told)


def was_there(store, person, on) -> PastVisit:
    return PastVisit(store=store, inspector=person, on=on)


_paths = st.sampled_from((CHENGGUAN, ANNING, QINZHOU))
_days_ago = st.integers(min_value=-20, max_value=120).map(lambda n: FIRST - timedelta(days=n))
_units = st.builds(
    Unit,
    region_path=st.sampled_from((LANZHOU, CHENGGUAN, QINZHOU)),
    to_on=st.none() | st.integers(0, 500).map(lambda n: FIRST - timedelta(days=n)),
)


@st.composite
def questions(draw, most_stores=4, most_people=3, most_days=6) -> PlanAsked:
    """Any question, small enough to try every answer."""
    people = [
        a_person(
            f"p{n}",
            per_round=draw(st.integers(0, 3)),
            per_day=draw(st.integers(1, 2)),
            home=draw(_paths | st.just("")),
            units=tuple(draw(st.lists(_units, max_size=1))),
            load=draw(st.integers(0, 1)),
        )
        for n in range(draw(st.integers(0, most_people)))
    ]
    stores = [
        a_store(f"s{n}", draw(_paths), needed=draw(st.sampled_from((1, 1, 2))))
        for n in range(draw(st.integers(1, most_stores)))
    ]
    pairs = list(product((s.id for s in stores), (p.id for p in people)))
    some = st.lists(st.sampled_from(pairs), max_size=3, unique=True) if pairs else st.just([])
    return asked(
        stores,
        people,
        days=draw(st.integers(1, most_days)),
        visit_kind=draw(st.sampled_from(("mystery_visit", "peer_check", "self_check"))),
        history=tuple(was_there(*pair, draw(_days_ago)) for pair in draw(some)),
        going=tuple(draw(some)),
        rules=PlanRules(
            lockout_days=draw(st.sampled_from((0, 30, 90))),
            former_days=draw(st.sampled_from((0, 365))),
            rotate=draw(st.booleans()),
            avoid_home=draw(st.booleans()),
            balance_km=draw(st.sampled_from((0, 30, 1000))),
            # Two who meet at a store are another matter than who goes there.
            per_store_day=2,
            seed=draw(st.integers(1, 3)),
        ),
    )


def best_of_all(question: PlanAsked) -> tuple[int, int]:
    """The most visits anybody could place and the least they could cost, by trying everything."""
    book, costs = Rulebook(question), Costs(question)
    choices = [list(_choices(question, book, store)) for store in question.stores]
    found = (
        _worth(question, costs, [pair for chosen in each for pair in chosen])
        for each in product(*choices)
        if _fits(question, book, each)
    )
    placed, cost = max(found)
    return placed, -cost


def _choices(question, book, store):
    may = [p for p in question.inspectors if book.why_not(store, p) is None]
    for size in range(min(store.needed, len(may)) + 1):
        for chosen in combinations(may, size):
            yield [(store, person) for person in chosen]


def _fits(question, book, each) -> bool:
    pairs = [pair for chosen in each for pair in chosen]
    for person in question.inspectors:
        releases = [book.release(store, whom) for store, whom in pairs if whom is person]
        if len(releases) + person.load > person.per_round and releases:
            return False
        for begin in releases:
            days = (question.last - begin).days + 1
            if sum(other >= begin for other in releases) > days * person.per_day:
                return False
    return True


def _worth(question, costs, pairs):
    visits = tuple(
        PlannedVisit(store=store.id, inspector=person.id, day=FIRST) for store, person in pairs
    )
    return len(visits), -costs.whole(question, visits)
