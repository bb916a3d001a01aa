"""The people of the tests, named once. Ids are fixed, so an actor needs no database."""

import msgspec

from inspection.domain.access import AccountId, Actor, Role, StoreId

PASSWORD = "mystery-shopper"

PROVINCE = "620000"
LANZHOU, TIANSHUI = "620100", "620500"
CHENGGUAN, ANNING, QINZHOU = "620102", "620105", "620502"

REGION_PATHS = {
    PROVINCE: "/620000/",
    LANZHOU: "/620000/620100/",
    TIANSHUI: "/620000/620500/",
    CHENGGUAN: "/620000/620100/620102/",
    ANNING: "/620000/620100/620105/",
    QINZHOU: "/620000/620500/620502/",
}

CLUB, HALL, ANNING_HALL, QINZHOU_CLUB = "LZ-0007", "LZ-0012", "LZ-0031", "TS-0003"
"""Store codes: a customer club and a hall in Chengguan, a hall in Anning, a club in Tianshui."""

CLUB_VERSION, HALL_VERSION = "KC", "KH"
"""Codes of the two rubrics; the round uses their first versions."""

ROUND, EARLIER_ROUND = "2026-11", "2026-10"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with an account."""

    sign_in: str
    name: str
    role: Role
    region: str = ""
    store: str = ""
    pseudonym: str = ""
    language: str = "zh-CN"

    @property
    def account(self) -> AccountId:
        """The id of the account row."""
        return AccountId(f"account-{self.sign_in}")

    @property
    def actor(self) -> Actor:
        """The person as services see them."""
        return Actor(
            account=self.account,
            role=self.role,
            name=self.name,
            region_path=REGION_PATHS.get(self.region, ""),
            store=store_id(self.store) if self.store else None,
            language=self.language,
        )


def store_id(code: str) -> StoreId:
    """The id of a store row."""
    return StoreId(f"store-{code}")


def region_id(code: str) -> str:
    """The id of a region row."""
    return f"region-{code}"


def round_id(code: str) -> str:
    """The id of a round row."""
    return f"round-{code}"


def assignment_id(inspector: Person, store: str) -> str:
    """The id of the inspector's assignment at a store in the open round."""
    return f"assignment-{inspector.sign_in}-{store}"


LI = Person(sign_in="li", name="李思远", role=Role.INSPECTOR, pseudonym="A-017")
"""The inspector."""

MA = Person(sign_in="ma", name="马晓燕", role=Role.INSPECTOR, pseudonym="A-021")
"""Another inspector, with assignments of her own."""

SUN = Person(sign_in="sun", name="孙蕾", role=Role.REVIEWER, region=PROVINCE)
"""The reviewer, for the whole province."""

WANG = Person(sign_in="wang", name="王志强", role=Role.REGIONAL_MANAGER, region=LANZHOU)
"""The manager of Lanzhou, the branch Li visits."""

ZHAO = Person(sign_in="zhao", name="赵国平", role=Role.REGIONAL_MANAGER, region=TIANSHUI)
"""The manager of another branch."""

CHEN = Person(sign_in="chen", name="陈静", role=Role.STORE_STAFF, store=CLUB)
"""Staff of the customer club."""

DENG = Person(sign_in="deng", name="邓丽", role=Role.STORE_STAFF, store=QINZHOU_CLUB)
"""Staff of a store elsewhere."""

GUO = Person(sign_in="guo", name="郭文", role=Role.ADMINISTRATOR, region=PROVINCE, language="en")
"""The administrator, who reads English."""

CAST = (LI, MA, SUN, WANG, ZHAO, CHEN, DENG, GUO)

BY_ROLE = {person.role: person for person in (LI, SUN, WANG, CHEN, GUO)}
"""One of each."""
