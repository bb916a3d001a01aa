"""Strict bodies: what is refused, where, and that nothing else is."""

import json
from datetime import datetime

import msgspec
import pytest

from inspection.domain.decoding import MAX_DEPTH, decode
from inspection.domain.decoding_faults import MAX_FAULTS
from inspection.domain.refusals import BodyRefused, BodyTooLarge
from tests.domain.strict_sheets import GOOD, LIMIT, Line, Place, Sheet, body, faults


def test_a_good_body_is_read_whole():
    sheet = decode(body(), Sheet, limit=LIMIT)
    assert sheet == Sheet(
        lines=(Line("a"), Line("b", 2, "loss", seen=True)),
        at=datetime.fromisoformat("2026-11-21T01:30:00+00:00"),
        place=Place(36.06, 103.83),
        note="第一行\n第二行\t末尾 😀",
        tags={"a/b": 1},
    )


def test_escaped_text_is_read_like_plain_text():
    escaped = json.dumps(GOOD).encode()
    assert b"\\u" in escaped
    assert decode(escaped, Sheet, limit=LIMIT) == decode(body(), Sheet, limit=LIMIT)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"total": 100}, [("/total", "unknown_field")]),
        ({"lines": "a"}, [("/lines", "expected_list")]),
        ({"lines": None}, [("/lines", "expected_list")]),
        ({"lines": [{"item": "a"}, {}]}, [("/lines/1/item", "missing_field")]),
        ({"lines": [["a"]]}, [("/lines/0", "expected_object")]),
        ({"lines": [{"item": 1}]}, [("/lines/0/item", "expected_text")]),
        ({"lines": [{"item": "a", "count": "1"}]}, [("/lines/0/count", "expected_whole_number")]),
        ({"lines": [{"item": "a", "count": 1.0}]}, [("/lines/0/count", "expected_whole_number")]),
        ({"lines": [{"item": "a", "count": True}]}, [("/lines/0/count", "expected_whole_number")]),
        ({"lines": [{"item": "a", "count": -1}]}, [("/lines/0/count", "too_small")]),
        ({"lines": [{"item": "a", "count": 100}]}, [("/lines/0/count", "too_great")]),
        ({"lines": [{"item": "a", "seen": "false"}]}, [("/lines/0/seen", "expected_yes_no")]),
        ({"lines": [{"item": "a", "seen": 0}]}, [("/lines/0/seen", "expected_yes_no")]),
        ({"lines": [{"item": "a", "verdict": "lost"}]}, [("/lines/0/verdict", "unknown_choice")]),
        ({"at": "2026-11-21T09:30:00"}, [("/at", "expected_time")]),
        ({"at": "yesterday"}, [("/at", "expected_time")]),
        ({"at": 1}, [("/at", "expected_time")]),
        ({"place": {"latitude": "36", "longitude": 1}}, [("/place/latitude", "expected_number")]),
        ({"place": []}, [("/place", "expected_object")]),
        ({"note": "a" * 41}, [("/note", "text_too_long")]),
        ({"note": "a\u0000b"}, [("/note", "control_character")]),
        ({"note": "a\u001bb"}, [("/note", "control_character")]),
        ({"note": "a\u0085b"}, [("/note", "control_character")]),
        ({"note": "\ufffe"}, [("/note", "control_character")]),
        ({"tags": {"a/b~c": "x"}}, [("/tags/a~1b~0c", "expected_whole_number")]),
        ({"tags": {"a\u0000b": 1}}, [("/tags/a\ufffdb", "control_character")]),
        ({"tags": {"a": 2**53}}, [("/tags/a", "number_too_large")]),
        ({"tags": {"a": -(2**53)}}, [("/tags/a", "number_too_large")]),
        (
            {"lines": [{"item": 1}, {"count": "2"}], "extra": 1},
            [
                ("/lines/0/item", "expected_text"),
                ("/lines/1/count", "expected_whole_number"),
                ("/lines/1/item", "missing_field"),
                ("/extra", "unknown_field"),
            ],
        ),
    ],
)
def test_every_wrong_place_is_named(changes, expected):
    assert faults(body(**changes)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("", "empty")),
        (b" \n\t ", ("", "empty")),
        (b"null", ("", "expected_object")),
        (b"[]", ("", "expected_object")),
        (b'"text"', ("", "expected_object")),
        (b"{", ("", "not_json")),
        (b"{'a': 1}", ("", "not_json")),
        (b'{"a": 1,}', ("", "not_json")),
        (b'{"a": 1} {"a": 1}', ("", "not_json")),
        (b"\xff\xfe{}", ("", "not_utf8")),
        (b'{"note": "\xc3\x28"}', ("", "not_utf8")),
        (b"\xef\xbb\xbf{}", ("", "not_json")),
        (b'{"note": "a\x01b"}', ("", "not_json")),
        (b"[" * 100_000, ("", "too_deep")),
        (b'{"a":' * 20_000, ("", "too_deep")),
    ],
)
def test_what_is_no_document_is_refused(content, expected):
    assert faults(content, limit=1_000_000) == [expected]


@pytest.mark.parametrize(
    ("text", "pointer", "code"),
    [
        ('{"note": "a", "note": "b"}', "/note", "repeated_field"),
        ('{"lines": [{"item": "a", "item": "b"}]}', "/lines/0/item", "repeated_field"),
        ('{"tags": {"a": NaN}}', "/tags/a", "not_finite"),
        ('{"tags": {"a": -Infinity}}', "/tags/a", "not_finite"),
        ('{"place": {"latitude": 1e400}}', "/place/latitude", "not_finite"),
        ('{"note": "\\ud800"}', "/note", "half_character"),
        ('{"note": "\\udc00\\ud800"}', "/note", "half_character"),
        ('{"\\ud800": 1}', "/\ufffd", "half_character"),
        ('{"tags": {"a": ' + "9" * 10_000 + "}}", "/tags/a", "number_too_large"),
        ('{"tags": {"a": -' + "9" * 10_000 + "}}", "/tags/a", "number_too_large"),
    ],
)
def test_what_readers_let_pass_is_refused_with_its_place(text, pointer, code):
    assert (pointer, code) in faults(text.encode())


class Open(msgspec.Struct, frozen=True, tag_field="kind", tag="open"):
    count: int = 0


def test_a_struct_that_lets_unknown_fields_pass_names_only_what_is_wrong():
    with pytest.raises(BodyRefused) as refused:
        decode(b'{"kind": "open", "other": 1, "count": "1"}', Open, limit=LIMIT)
    assert [fault.pointer for fault in refused.value.faults] == ["/count"]


def test_a_position_counts_from_the_start_of_the_body():
    with pytest.raises(BodyRefused) as refused:
        decode(b'{"a": 1, "b" 2}', Sheet, limit=LIMIT)
    assert refused.value.faults[0].facts == {"position": 13}


def test_containers_inside_containers_end_somewhere():
    deep = {"a": 2**60}
    for _ in range(MAX_DEPTH):
        deep = {"a": deep}
    assert [code for _, code in faults(json.dumps(deep).encode())] == ["too_deep"]


def test_a_body_over_the_limit_is_not_looked_at():
    with pytest.raises(BodyTooLarge):
        decode(b"{" * 11, Sheet, limit=10)


def test_more_faults_than_anybody_corrects_are_not_listed():
    assert len(faults(body(lines=[{}] * 1000))) == MAX_FAULTS
