"""A store as it is kept and edited: its fields, what is wrong with them, a contact's age."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inspection.domain.coordinates import LATITUDE, LONGITUDE, degrees_e6
from inspection.domain.plain_text import CONTROL
from inspection.domain.refusals import Fault, StoreRefused
from inspection.domain.rubrics.rubric import STORE_FEATURES

KINDS = ("customer_club", "storefront")
OWNERSHIPS = ("own", "partner")
FEATURES = tuple(sorted(STORE_FEATURES))
CODE_LENGTH, REASON_LENGTH = 40, 240
LENGTHS = {"name": 60, "address": 240, "contact_name": 60, "contact_phone": 40}

VERIFIED_FOR = timedelta(days=90)
"""How long a contact counts as verified."""

_HALF = "store.half_a_place"

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
_PHONE = re.compile(r"[0-9+ ()-]{5,40}", re.ASCII)


class StoreState(StrEnum):
    """A closed store is sent no inspector and keeps its results."""

    OPEN = "open"
    CLOSED = "closed"


class StoreFields(msgspec.Struct, frozen=True, kw_only=True):
    """What people say of a store; its code, its county and its state are decided apart."""

    name: str
    kind: str
    ownership: str = "own"
    features: tuple[str, ...] = ()
    address: str = ""
    latitude_e6: int | None = None
    longitude_e6: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    contact_verified_on: date | None = None


class StoreTyped(msgspec.Struct, frozen=True, kw_only=True):
    """The same as typed into a form."""

    name: str
    kind: str
    ownership: str
    features: tuple[str, ...]
    address: str
    latitude: str
    longitude: str
    contact_name: str
    contact_phone: str
    contact_verified_on: str


def is_unverified(verified_on: date | None, today: date) -> bool:
    """Whether nobody has checked the contact lately."""
    return verified_on is None or today - verified_on > VERIFIED_FOR


def store_of(typed: StoreTyped, today: date) -> StoreFields:
    """Read a form. Raises StoreRefused naming every field that is wrong."""
    texts = {name: getattr(typed, name).strip() for name in LENGTHS}
    verified = _day(typed.contact_verified_on.strip())
    fields = StoreFields(
        **texts,
        kind=typed.kind,
        ownership=typed.ownership,
        features=tuple(sorted(set(typed.features))),
        latitude_e6=degrees_e6(typed.latitude.strip(), LATITUDE),
        longitude_e6=degrees_e6(typed.longitude.strip(), LONGITUDE),
        contact_verified_on=verified,
    )
    unread = tuple(_unread(typed, fields))
    # Half a place that could not be read is not half a place.
    others = (f for f in store_faults(fields, today) if not unread or f.code != _HALF)
    if faults := (*unread, *others):
        raise StoreRefused(faults=faults)
    return fields


def store_faults(fields: StoreFields, today: date) -> Iterator[Fault]:
    """Every field that cannot be kept."""
    yield from _choice_faults(fields)
    if not fields.name:
        yield Fault("/name", "sheet.cell_empty")
    for name, most in LENGTHS.items():
        if len(text := getattr(fields, name)) > most:
            yield Fault(f"/{name}", "body.text_too_long", most=most)
        if CONTROL.search(text):
            yield Fault(f"/{name}", "sheet.characters", value=text[:most])
    if fields.contact_phone and not _PHONE.fullmatch(fields.contact_phone):
        yield Fault("/contact_phone", "sheet.phone_form", value=fields.contact_phone)
    if (fields.latitude_e6 is None) is not (fields.longitude_e6 is None):
        yield Fault("/latitude", _HALF)
    if fields.contact_verified_on and fields.contact_verified_on > today:
        yield Fault("/contact_verified_on", "store.in_the_future")


def code_faults(code: str) -> Iterator[Fault]:
    """What is wrong with a new store's code."""
    if len(code) > CODE_LENGTH or not _CODE.fullmatch(code):
        yield Fault("/code", "sheet.code_form", value=code)


def closing_faults(reason: str, on: date, today: date) -> Iterator[Fault]:
    """What is wrong with a closing: it has a reason and has happened."""
    if not reason:
        yield Fault("/reason", "store.reason_missing")
    if len(reason) > REASON_LENGTH:
        yield Fault("/reason", "body.text_too_long", most=REASON_LENGTH)
    if on > today:
        yield Fault("/on", "store.in_the_future")


def _choice_faults(fields: StoreFields) -> Iterator[Fault]:
    if fields.kind not in KINDS:
        yield Fault("/kind", "body.unknown_choice")
    if fields.ownership not in OWNERSHIPS:
        yield Fault("/ownership", "body.unknown_choice")
    if not STORE_FEATURES.issuperset(fields.features):
        yield Fault("/features", "body.unknown_choice")


def _unread(typed: StoreTyped, fields: StoreFields) -> Iterator[Fault]:
    for name in ("latitude", "longitude"):
        text = getattr(typed, name).strip()
        if text and getattr(fields, f"{name}_e6") is None:
            yield Fault(f"/{name}", "sheet.degrees", value=text)
    if typed.contact_verified_on.strip() and fields.contact_verified_on is None:
        yield Fault("/contact_verified_on", "body.expected_date")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
