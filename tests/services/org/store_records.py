"""A store as it is typed, kept and logged."""

import datetime

import msgspec
import pytest

from inspection.domain.org.store import StoreFields
from inspection.domain.refusals import StoreRefused
from inspection.domain.version import version_of
from inspection.persistence.audit import audit
from inspection.persistence.org import kept_stores
from inspection.persistence.org.kept_stores import KeptStore
from inspection.services.org.store_editing import Closing

FIELDS = StoreFields(
    name="新街营业厅",
    kind="storefront",
    ownership="partner",
    features=("guest_wifi", "queue_machine"),
    address="新街1号",
    latitude_e6=36_061_000,
    longitude_e6=103_830_000,
    contact_name="周婷",
    contact_phone="0931-5550123",
    contact_verified_on=datetime.date(2026, 11, 1),
)


CLOSING = Closing(on=datetime.date(2026, 11, 17), reason=" 房屋到期 ")


async def kept(code: str) -> KeptStore:
    found = await kept_stores.find_kept(code)
    assert found is not None
    return found


async def version(code: str) -> str:
    return version_of(await kept(code))


async def events(code: str) -> list[tuple[str, dict]]:
    found = await audit.events_of("store", (await kept(code)).id)
    return [(event.action, msgspec.json.decode(event.body)) for event in found]


async def faults(doing) -> list[tuple[str, str]]:
    with pytest.raises(StoreRefused) as refused:
        await doing
    return [(fault.pointer, fault.code) for fault in refused.value.faults]
