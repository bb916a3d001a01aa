"""A store's fields: read from a form, and everything wrong with them named at once."""

from datetime import date

import msgspec
import pytest

from inspection.domain.coordinates import LATITUDE, LONGITUDE, degrees_e6, degrees_text
from inspection.domain.org.store import StoreTyped, is_unverified, store_of
from inspection.domain.refusals import StoreRefused
from inspection.domain.version import version_of

TODAY = date(2026, 11, 18)
TYPED = StoreTyped(
    name=" 新街营业厅 ",
    kind="storefront",
    ownership="own",
    features=("queue_machine", "guest_wifi", "queue_machine"),
    address="",
    latitude="36.061",
    longitude="-103.8",
    contact_name="",
    contact_phone="",
    contact_verified_on="2026-11-18",
)


def faults(**changes: object) -> list[tuple[str, str]]:
    with pytest.raises(StoreRefused) as refused:
        store_of(msgspec.structs.replace(TYPED, **changes), TODAY)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_a_form_is_read_with_its_spaces_gone_and_its_features_in_order():
    found = store_of(TYPED, TODAY)
    assert (found.name, found.features) == ("新街营业厅", ("guest_wifi", "queue_machine"))
    assert (found.latitude_e6, found.longitude_e6) == (36_061_000, -103_800_000)
    assert found.contact_verified_on == TODAY


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"name": " "}, [("/name", "sheet.cell_empty")]),
        ({"address": "x" * 241}, [("/address", "body.text_too_long")]),
        ({"name": "\u202e厅业营"}, [("/name", "sheet.characters")]),
        ({"kind": "kiosk"}, [("/kind", "body.unknown_choice")]),
        ({"ownership": "nobody"}, [("/ownership", "body.unknown_choice")]),
        ({"features": ("sauna",)}, [("/features", "body.unknown_choice")]),
        ({"contact_phone": "one"}, [("/contact_phone", "sheet.phone_form")]),
        ({"latitude": "91"}, [("/latitude", "sheet.degrees")]),
        ({"longitude": "east"}, [("/longitude", "sheet.degrees")]),
        ({"latitude": ""}, [("/latitude", "store.half_a_place")]),
        ({"contact_verified_on": "today"}, [("/contact_verified_on", "body.expected_date")]),
        ({"contact_verified_on": "2026-11-19"}, [("/contact_verified_on", "store.in_the_future")]),
        (
            {"kind": "kiosk", "name": ""},
            [("/kind", "body.unknown_choice"), ("/name", "sheet.cell_empty")],
        ),
    ],
)
def test_what_is_wrong_is_named(changes, found):
    assert faults(**changes) == found


@pytest.mark.parametrize(
    ("verified", "stale"),
    [(None, True), (date(2026, 8, 20), False), (date(2026, 8, 19), True), (TODAY, False)],
)
def test_a_contact_is_stale_after_ninety_days(verified, stale):
    assert is_unverified(verified, TODAY) is stale


@pytest.mark.parametrize("text", ["", "36", "36.061", "-0.5", "0.000001", "90"])
def test_degrees_are_written_as_they_were_read(text):
    assert degrees_text(degrees_e6(text, LATITUDE)) == text


@pytest.mark.parametrize("text", ["90.000001", "1.0000001", "+1", "1,5", "٣"])
def test_what_is_no_latitude_is_none(text):
    assert degrees_e6(text, LATITUDE) is None
    assert degrees_e6("180", LONGITUDE) == 180_000_000


def test_a_version_names_the_facts():
    assert version_of(TYPED) == version_of(msgspec.structs.replace(TYPED))
    assert version_of(TYPED) != version_of(msgspec.structs.replace(TYPED, address="x"))
