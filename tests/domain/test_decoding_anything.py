"""Strict bodies: whatever arrives is read or refused, never an error."""

import json
import struct
from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.decoding import decode
from inspection.domain.refusals import BodyRefused, Refusal
from tests.domain.strict_sheets import GOOD, LIMIT, Line, Place, Sheet, body, faults

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from([*GOOD, "other"]), JSON))
def test_no_document_gives_anything_but_a_sheet_or_a_refusal(parts):
    assert_read_or_refused(json.dumps({**GOOD, **parts}).encode())


@given(st.binary(max_size=64))
def test_no_bytes_give_anything_but_a_refusal(content):
    with pytest.raises(Refusal):
        decode(content, Sheet, limit=LIMIT)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=3))
def test_a_damaged_body_is_read_or_refused_never_an_error(place, damage):
    content = bytearray(body())
    place %= len(content)
    content[place : place + len(damage)] = damage
    assert_read_or_refused(bytes(content))


@given(st.lists(st.tuples(st.text(max_size=8), st.integers(0, 99)), max_size=8), st.floats(-90, 90))
def test_what_msgspec_writes_is_read_back(pairs, latitude):
    wanted = [Line(item=text, count=count) for text, count in pairs]
    printable = all(_printable(line.item) for line in wanted)
    sheet = Sheet(
        lines=tuple(wanted),
        at=datetime.fromisoformat(GOOD["at"]),
        place=Place(latitude, struct.unpack("f", struct.pack("f", latitude))[0]),
    )
    encoded = msgspec.json.encode(sheet)
    if printable:
        assert decode(encoded, Sheet, limit=LIMIT) == sheet
    else:
        assert {code for _, code in faults(encoded)} <= {"control_character"}


def assert_read_or_refused(content: bytes) -> None:
    try:
        outcome = decode(content, Sheet, limit=LIMIT)
    except BodyRefused as refusal:
        outcome = refusal.faults
    assert outcome


def _printable(text: str) -> bool:
    return not any(
        (ord(each) < 32 and each not in "\n\t") or 0x7F <= ord(each) < 0xA0 or _nothing(ord(each))
        for each in text
    )


def _nothing(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code in (0xFFFE, 0xFFFF)
