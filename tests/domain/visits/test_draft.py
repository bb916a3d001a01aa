"""What a copy of a draft must say of itself, and what of it is nobody's business."""

import json
from datetime import UTC, datetime

import pytest

from inspection.domain.refusals import BodyRefused, BodyTooLarge, ParkedNoteMissing
from inspection.domain.visits.draft import LARGEST_DRAFT, changed_at, read_draft
from inspection.domain.visits.settlement import checked_note
from tests.drafting import PHONE, a_draft, draft_bytes
from tests.submissions import VISIT

RECEIVED = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)


def read(content):
    return read_draft(content, VISIT, PHONE)


def test_the_document_is_read_by_nobody():
    odd = '{"deep": ' + "[" * 40 + "]" * 40 + ', "nan": NaN, "a": 1, "a": "\\u0000\\ud800"}'
    envelope = json.dumps(a_draft(document=0))
    body = read(envelope.replace('"document": 0', f'"document": {odd}').encode())
    assert (body.visit, body.saves) == (VISIT, 1)


@pytest.mark.parametrize("field", sorted(a_draft()))
def test_no_field_may_be_left_out(field):
    draft = {name: value for name, value in a_draft().items() if name != field}
    with pytest.raises(BodyRefused) as no:
        read(json.dumps(draft).encode())
    assert f"/{field}" in [fault.pointer for fault in no.value.faults]


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{", b"\xff", b'{"document": {'])
def test_what_is_no_object_is_refused(content):
    with pytest.raises(BodyRefused):
        read(content)


def test_the_largest_copy_fits_and_one_byte_more_does_not():
    room = LARGEST_DRAFT - len(draft_bytes(document={"note": ""}))
    assert read(draft_bytes(document={"note": "a" * room})).saves == 1
    with pytest.raises(BodyTooLarge):
        read(draft_bytes(document={"note": "a" * (room + 1)}))


@pytest.mark.parametrize(
    ("sent", "offset_ms", "found"),
    [
        ("2026-11-18T08:15:00+08:00", 60_000, datetime(2026, 11, 18, 0, 16, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", 0, RECEIVED),
        ("2026-11-18T08:15:00+08:00", 10**13, RECEIVED),
        ("9999-12-31T23:59:59-12:00", 10**13, RECEIVED),
    ],
)
def test_an_absurd_clock_gives_way_to_the_servers(sent, offset_ms, found):
    body = read(draft_bytes(changed_at=sent, clock_offset_ms=offset_ms))
    assert changed_at(body, RECEIVED) == found


def test_a_note_is_one_line_that_says_something():
    assert checked_note(" 已联系\n检查员\u202e ") == "已联系 检查员"
    with pytest.raises(ParkedNoteMissing):
        checked_note("\u200e\n")
