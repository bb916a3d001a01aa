"""The demo's org tree, people and rubrics, written before anything happens."""

import json
from datetime import datetime, timedelta
from random import Random

import msgspec

from inspection.cli.demo.chance import SeededIds
from inspection.cli.demo.people import DemoPerson, plan_people
from inspection.cli.demo.stores import DemoRegion, DemoStore, plan_regions, plan_stores
from inspection.domain.access import AccountId, Actor, Role, StoreId
from inspection.domain.deadline import day_of
from inspection.domain.people.account import sign_in_name
from inspection.persistence.engine import tx
from inspection.persistence.org import org
from inspection.persistence.org.org import RegionEntry, StoreRecord
from inspection.persistence.people import accounts
from inspection.persistence.people.accounts import AccountRow
from inspection.services.people.demo_sign_ins import DEMO_PASSWORD
from inspection.services.rubrics.rubrics import known_rubric, publish_rubric
from inspection.services.tools import Tools
from inspection.shipped import shipped

RUBRICS = ("KC.toml", "KH.toml")
CHUNK = 500
CALLED_EVERY, CALLED_WITHIN = 37, 113


class Settled(msgspec.Struct, frozen=True):
    """What the story needs to know: ids and actors by code, rubric digests by kind of store."""

    stores: tuple[DemoStore, ...]
    store_ids: dict[str, str]
    people: dict[str, Actor]
    staff: dict[str, Actor]
    rubrics: dict[str, str]


async def settle(tools: Tools, ids: SeededIds, random: Random, count: int) -> Settled:
    """Write regions, stores, people and rubrics."""
    now = tools.now()
    tree = plan_regions()
    stores = plan_stores(random, count)
    people = plan_people(random, tree, stores)
    region_ids = {region.code: ids.id() for region in tree}
    store_ids = {store.code: ids.bare() for store in stores}
    contacts = {person.store: person.name for person in people if person.store}
    async with tx():
        await org.add_regions([_region(region, region_ids) for region in tree])
        await org.add_stores([_store(s, region_ids, store_ids, contacts, now) for s in stores])
    actors = await _add_people(tools, ids, people, region_ids, store_ids)
    rubrics = await _publish_rubrics(tools, actors["admin"])
    staff = {p.store: actors[p.sign_in] for p in people if p.role is Role.STORE_STAFF}
    return Settled(tuple(stores), store_ids, actors, staff, rubrics)


async def verify_contacts(settled: Settled, now: datetime) -> None:
    """Let somebody have called every store: most of them lately, every fifth too long ago."""
    today = day_of(now)
    days = (CALLED_EVERY * place % CALLED_WITHIN for place in range(len(settled.stores)))
    called = [
        (settled.store_ids[store.code], today - timedelta(days=ago))
        for store, ago in zip(settled.stores, days, strict=True)
    ]
    async with tx():
        await org.note_verified(called)


async def _publish_rubrics(tools: Tools, by: Actor) -> dict[str, str]:
    """Digests of the default rubrics by the kind of store they are for."""
    digests: dict[str, str] = {}
    for name in RUBRICS:
        published = await publish_rubric(tools, (shipped("scorecards") / name).read_bytes(), by)
        known = await known_rubric(published.digest)
        digests[known.rubric.store_kind] = published.digest
    return digests


def _region(region: DemoRegion, ids: dict[str, str]) -> RegionEntry:
    return RegionEntry(
        id=ids[region.code],
        parent=ids.get(region.parent),
        level=region.level,
        code=region.code,
        name_zh=region.zh,
        name_en=region.en,
        path=region.path,
    )


def _store(
    store: DemoStore,
    region_ids: dict[str, str],
    store_ids: dict[str, str],
    contacts: dict[str, str],
    now: datetime,
) -> StoreRecord:
    return StoreRecord(
        id=store_ids[store.code],
        code=store.code,
        name=store.name,
        kind=store.kind,
        region=region_ids[store.region],
        region_path=store.path,
        ownership=store.ownership,
        features=json.dumps(sorted(store.features)),
        address=store.address,
        latitude_e6=store.latitude_e6,
        longitude_e6=store.longitude_e6,
        contact_name=contacts[store.code],
        contact_phone=store.contact_phone,
        created_at=now,
    )


async def _add_people(
    tools: Tools,
    ids: SeededIds,
    people: list[DemoPerson],
    region_ids: dict[str, str],
    store_ids: dict[str, str],
) -> dict[str, Actor]:
    # One hash for everybody: the password is printed on the sign-in page anyway.
    password_hash = await tools.passwords.hash(DEMO_PASSWORD)
    actors = {}
    for start in range(0, len(people), CHUNK):
        async with tx():
            for person in people[start : start + CHUNK]:
                store = store_ids.get(person.store)
                row = AccountRow(
                    id=AccountId(ids.id()),
                    sign_in=sign_in_name(person.sign_in),
                    name=person.name,
                    role=person.role,
                    region=region_ids.get(person.region),
                    region_path=person.region_path,
                    store=StoreId(store) if store else None,
                    pseudonym=person.pseudonym,
                    password_hash=password_hash,
                    created_at=tools.now(),
                )
                await accounts.add_account(row)
                actors[person.sign_in] = _actor(row)
    return actors


def _actor(row: AccountRow) -> Actor:
    return Actor(
        account=row.id, role=row.role, name=row.name, region_path=row.region_path, store=row.store
    )
