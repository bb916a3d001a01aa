"""Invented stores on Gansu's real org tree: the same seed gives the same stores."""

from collections.abc import Iterator
from random import Random

import msgspec

from inspection.cli.demo.words import Branch, Place, names, regions
from inspection.domain.rubrics.rubric import STORE_FEATURES, StoreKind

CLUB_EVERY = 5
CAPITAL = "620100"
CAPITAL_SHARE = 3
FEATURE_CHANCE = 0.82
AROUND_E6 = 50_000
"""How far from its branch's seat a store may lie: some five kilometres either way."""

LARGEST_HOUSE = 400
SHOWCASE_COUNTY = "620102"
SHOWCASE_ROAD = "云汀路"
KIND_WORD: dict[StoreKind, str] = {"customer_club": "客户俱乐部", "storefront": "营业厅"}


class DemoRegion(msgspec.Struct, frozen=True):
    """A node of the tree; `parent` is a code, "" for the province."""

    code: str
    parent: str
    level: str
    zh: str
    en: str
    path: str


class DemoStore(msgspec.Struct, frozen=True):
    """A store with how well it is run: `quality` from 0 (poor) to 1 (excellent)."""

    code: str
    name: str
    kind: StoreKind
    region: str
    path: str
    features: frozenset[str]
    ownership: str
    latitude_e6: int
    longitude_e6: int
    address: str
    contact_phone: str
    quality: float


def plan_regions() -> list[DemoRegion]:
    """The tree, parents first."""
    tree = regions()
    top = tree.province
    planned = [DemoRegion(top.code, "", "province", top.zh, top.en, f"/{top.code}/")]
    for branch in tree.branches:
        path = f"/{top.code}/{branch.code}/"
        planned.append(DemoRegion(branch.code, top.code, "branch", branch.zh, branch.en, path))
        planned += [
            DemoRegion(c.code, branch.code, "county", c.zh, c.en, f"{path}{c.code}/")
            for c in branch.counties
        ]
    return planned


def plan_stores(random: Random, count: int) -> list[DemoStore]:
    """`count` stores, spread over counties, the showcase club first."""
    planned: list[DemoStore] = []
    taken: dict[str, set[str]] = {}
    for branch, county in _seats(count):
        used = taken.setdefault(county.code, set())
        road = SHOWCASE_ROAD if not planned else _free_road(random, used)
        used.add(road)
        kind: StoreKind = "customer_club" if len(planned) % CLUB_EVERY == 0 else "storefront"
        planned.append(_store(random, len(planned) + 1, road, kind, branch, county))
    return planned


def _seats(count: int) -> Iterator[tuple[Branch, Place]]:
    """County after county, the capital's more often, until there are enough."""
    branches = regions().branches
    seats = [
        (branch, county)
        for branch in branches
        for county in (branch.counties or (Place(branch.code, branch.zh, branch.en),))
        for _ in range(CAPITAL_SHARE if branch.code == CAPITAL else 1)
    ]
    seats.sort(key=lambda seat: seat[1].code != SHOWCASE_COUNTY)
    stride = 37
    for number in range(count):
        yield seats[number * stride % len(seats)]


def _free_road(random: Random, used: set[str]) -> str:
    words = names()
    while True:
        road = random.choice(words.roads) + random.choice(words.ends)
        if road not in used:
            return road
        if len(used) > len(words.roads) * len(words.ends) // 2:
            return f"{road}{len(used)}号"


def _address(random: Random, county: Place, road: str) -> str:
    house = "" if road.endswith("号") else f"{random.randint(1, LARGEST_HOUSE)}号"
    return f"{county.zh}{road}{house}"


def _store(
    random: Random, number: int, road: str, kind: StoreKind, branch: Branch, county: Place
) -> DemoStore:
    province = regions().province.code
    path = f"/{province}/{branch.code}/"
    if county.code != branch.code:
        path += f"{county.code}/"
    return DemoStore(
        code=f"GS{county.code[2:]}{number:05d}",
        name=road + KIND_WORD[kind],
        kind=kind,
        region=county.code,
        path=path,
        features=frozenset(f for f in sorted(STORE_FEATURES) if random.random() < FEATURE_CHANCE)
        if number > 1
        else STORE_FEATURES,
        ownership="own" if random.random() < 0.7 else "partner",
        latitude_e6=branch.latitude_e6 + random.randint(-AROUND_E6, AROUND_E6),
        longitude_e6=branch.longitude_e6 + random.randint(-AROUND_E6, AROUND_E6),
        address=_address(random, county, road),
        # No subscriber's number begins with 0, so nobody is called by mistake.
        contact_phone=f"{branch.area_code}-0{random.randrange(1_000_000):06d}",
        quality=random.betavariate(6, 2.4),
    )
