"""Invented people: five to try the product with, and colleagues for them."""

from random import Random

import msgspec

from inspection.cli.demo.stores import CAPITAL, DemoRegion, DemoStore
from inspection.cli.demo.words import names
from inspection.domain.access import Role

INSPECTORS = 16


class DemoPerson(msgspec.Struct, frozen=True):
    """An account to be. `region` and `store` are codes, "" where the role has none."""

    sign_in: str
    name: str
    role: Role
    region: str = ""
    region_path: str = ""
    store: str = ""
    pseudonym: str = ""


def plan_people(
    random: Random, tree: list[DemoRegion], stores: list[DemoStore]
) -> list[DemoPerson]:
    """The five first, then inspectors, one manager a branch, and somebody in every store."""
    province = tree[0]
    capital = next(region for region in tree if region.code == CAPITAL)
    people = [
        DemoPerson("inspector", "李思远", Role.INSPECTOR, pseudonym="A-017"),
        _placed("reviewer", "孙蕾", Role.REVIEWER, province),
        _placed("manager", "王志强", Role.REGIONAL_MANAGER, capital),
        DemoPerson("store", "周婷", Role.STORE_STAFF, store=stores[0].code),
        _placed("admin", "赵文博", Role.ADMINISTRATOR, province),
        _placed("province", "何雅琴", Role.REGIONAL_MANAGER, province),
        _placed("reviewer2", "沈国栋", Role.REVIEWER, province),
    ]
    people += [
        DemoPerson(f"inspector{n}", _name(random), Role.INSPECTOR, pseudonym=f"A-{17 + n:03d}")
        for n in range(2, INSPECTORS + 1)
    ]
    people += [
        _placed(f"manager{region.code[:4]}", _name(random), Role.REGIONAL_MANAGER, region)
        for region in tree
        if region.level == "branch" and region.code != CAPITAL
    ]
    people += [
        DemoPerson(store.code.lower(), _name(random), Role.STORE_STAFF, store=store.code)
        for store in stores[1:]
    ]
    return people


def _placed(sign_in: str, name: str, role: Role, region: DemoRegion) -> DemoPerson:
    return DemoPerson(sign_in, name, role, region=region.code, region_path=region.path)


def _name(random: Random) -> str:
    words = names()
    return random.choice(words.surnames) + random.choice(words.given)
