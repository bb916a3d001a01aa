"""What tests stand on: a clock that only moves when told, tools, and a province of four stores."""

import itertools
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from inspection import holidays
from inspection.domain.messages.push import listed_hosts
from inspection.domain.people.account import sign_in_name
from inspection.domain.rubrics.rubric import Rubric
from inspection.persistence import tables
from inspection.persistence.engine import tx
from inspection.persistence.messages.push_key import PushKey
from inspection.persistence.notices.seal_key import SealKey
from inspection.persistence.photos.photos import LocalPhotos
from inspection.services.passwords import HashCost, Passwords
from inspection.services.rubrics.rubrics import publish, read_rubric
from inspection.services.tools import Issuer, Outside, PushDesk, Tools
from inspection.settings import Settings
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CAST,
    CHENGGUAN,
    CLUB,
    EARLIER_ROUND,
    HALL,
    LANZHOU,
    LI,
    MA,
    PASSWORD,
    PROVINCE,
    QINZHOU,
    QINZHOU_CLUB,
    REGION_PATHS,
    ROUND,
    TIANSHUI,
    Person,
    assignment_id,
    region_id,
    round_id,
    store_id,
)

SCORECARDS = Path(__file__).parent.parent / "scorecards"
ADDRESS = "http://mingcha.test"
START = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
"""Nine o'clock on a Wednesday morning in Lanzhou, within the open round."""

REGIONS = (
    (PROVINCE, None, "province", "甘肃", "Gansu"),
    (LANZHOU, PROVINCE, "branch", "兰州", "Lanzhou"),
    (TIANSHUI, PROVINCE, "branch", "天水", "Tianshui"),
    (CHENGGUAN, LANZHOU, "county", "城关区", "Chengguan"),
    (ANNING, LANZHOU, "county", "安宁区", "Anning"),
    (QINZHOU, TIANSHUI, "county", "秦州区", "Qinzhou"),
)
STORES = (
    (CLUB, "城关东方红客户俱乐部", "customer_club", CHENGGUAN, '["vip_desk_required"]'),
    (HALL, "城关盘旋路营业厅", "storefront", CHENGGUAN, "[]"),
    (ANNING_HALL, "安宁西路营业厅", "storefront", ANNING, "[]"),
    (QINZHOU_CLUB, "秦州大众路客户俱乐部", "customer_club", QINZHOU, "[]"),
)
ASSIGNMENTS = ((LI, CLUB), (LI, HALL), (MA, ANNING_HALL), (MA, QINZHOU_CLUB))


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, start: datetime = START) -> None:
        self.time = start

    def __call__(self) -> datetime:
        return self.time

    def go_on(self, **by: float) -> None:
        """`clock.go_on(hours=24)`."""
        self.time += timedelta(**by)


def some_tools(
    folder: Path,
    clock: Callable[[], datetime] | None = None,
    *,
    memory_kib: int = 8,
    first_id: int = 1,
) -> Tools:
    """Tools with a clock that stands still, counted ids, repeatable chance and cheap hashes. Those
    with another first id draw other tokens.
    """
    counted = itertools.count(first_id)
    chance = random.Random(2009 + first_id)
    return Tools(
        now=clock or Clock(),
        new_id=lambda: f"00000000-0000-7000-8000-{next(counted):012d}",
        random_id=lambda: f"{chance.getrandbits(128):032x}",
        new_token=lambda: f"{chance.getrandbits(256):064x}",
        photos=LocalPhotos(folder / "blobs"),
        passwords=Passwords(HashCost(memory_kib=memory_kib, passes=1), threads=1),
        issuer=Issuer("陇原通信有限公司服务质量部", "甘移服整"),
        push=PushDesk(PushKey(folder), listed_hosts(Settings().push_hosts)),
        seal_key=SealKey(folder),
        calendar=holidays.published(),
        appeal_days=Settings().appeal_days,
        outside=Outside(bots=listed_hosts(Settings().bot_hosts)),
        address=ADDRESS,
    )


async def a_province(tools: Tools) -> None:
    """Two branches, four stores, the cast, both rubrics, an open round with four assignments."""
    async with tx():
        await add_regions()
        await add_stores(tools.now())
        for person in CAST:
            await an_account(tools, person)
    digests = await publish_rubrics(tools)
    await add_rounds(tools.now(), digests)
    for inspector, store in ASSIGNMENTS:
        await an_assignment(tools, inspector, store, digests)


async def add_regions() -> None:
    """The province, its two branches and three counties."""
    for code, parent, level, name_zh, name_en in REGIONS:
        await tables.Region.insert(
            tables.Region(
                id=region_id(code),
                parent=region_id(parent) if parent else None,
                level=level,
                code=code,
                name_zh=name_zh,
                name_en=name_en,
                path=REGION_PATHS[code],
            )
        )


async def add_stores(now: datetime) -> None:
    """The four stores."""
    for code, name, kind, region, features in STORES:
        await tables.Store.insert(
            tables.Store(
                id=store_id(code),
                code=code,
                name=name,
                kind=kind,
                region=region_id(region),
                region_path=REGION_PATHS[region],
                features=features,
                address=f"{name}门前",
                contact_name="店长",
                contact_phone="0931-0000000",
                created_at=now,
            )
        )


async def an_account(tools: Tools, person: Person, password: str = PASSWORD) -> None:
    """One person who can sign in."""
    await tables.Account.insert(
        tables.Account(
            id=person.account,
            sign_in=sign_in_name(person.sign_in),
            name=person.name,
            role=person.role.value,
            region=region_id(person.region) if person.region else None,
            region_path=REGION_PATHS.get(person.region, ""),
            store=store_id(person.store) if person.store else None,
            pseudonym=person.pseudonym,
            password_hash=await tools.passwords.hash(password),
            language=person.language,
            created_at=tools.now(),
        )
    )


@cache
def shipped(code: str) -> Rubric:
    """A rubric that comes with the product, read once: reading is most of making a province."""
    return read_rubric((SCORECARDS / f"{code}.toml").read_bytes())


async def publish_rubrics(tools: Tools) -> dict[str, str]:
    """Publish KC and KH; the digest by store kind."""
    club = await publish(tools, shipped("KC"), None)
    hall = await publish(tools, shipped("KH"), None)
    return {"customer_club": club.digest, "storefront": hall.digest}


async def add_rounds(now: datetime, digests: dict[str, str]) -> None:
    """October, locked, and November, open."""
    await _add_round(EARLIER_ROUND, 10, "locked", now)
    await _add_round(ROUND, 11, "open", now, previous=round_id(EARLIER_ROUND))
    for kind, digest in digests.items():
        for code in (EARLIER_ROUND, ROUND):
            await tables.RoundRubric.insert(
                tables.RoundRubric(
                    id=f"{code}-{kind}",
                    round=round_id(code),
                    store_kind=kind,
                    rubric_version=digest,
                )
            )


async def an_assignment(
    tools: Tools, inspector: Person, store: str, digests: dict[str, str]
) -> str:
    """One visit to be made in the open round; its id."""
    kind = next(kind for code, _, kind, *_ in STORES if code == store)
    await tables.Assignment.insert(
        tables.Assignment(
            id=assignment_id(inspector, store),
            round=round_id(ROUND),
            store=store_id(store),
            inspector=inspector.account,
            rubric_version=digests[kind],
            window_from=date(2026, 11, 16),
            window_to=date(2026, 11, 22),
            cover="办理套餐咨询",
            created_at=tools.now(),
        )
    )
    return assignment_id(inspector, store)


async def _add_round(
    code: str, month: int, state: str, now: datetime, previous: str | None = None
) -> None:
    await tables.Round.insert(
        tables.Round(
            id=round_id(code),
            code=code,
            name_zh=f"2026年{month}月暗访",
            name_en=f"2026-{month} mystery visits",
            starts_on=date(2026, month, 1),
            ends_on=date(2026, month, 30),
            state=state,
            previous=previous,
            created_at=now,
        )
    )
