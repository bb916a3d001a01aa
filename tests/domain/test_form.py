"""Strict forms and query strings."""

import contextlib
from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from inspection.domain.form import MAX_FIELDS, Unknown, decode_form, form_pairs
from inspection.domain.refusals import BodyRefused, BodyTooLarge, Refusal


class Where(msgspec.Struct, frozen=True):
    latitude: float


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    decision: Literal["approve", "return"]
    attempt: Annotated[int, Meta(ge=1)] = 1
    reason: Annotated[str, Meta(max_length=20)] = ""
    lines: tuple[str, ...] = ()


def read(text: str, **how: object) -> Decision:
    return decode_form(text.encode(), Decision, limit=1000, **how)


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BodyRefused) as refused:
        read(text)
    return [(fault.pointer, fault.code.removeprefix("body.")) for fault in refused.value.faults]


def test_a_form_is_read_with_its_numbers_and_lists():
    text = "decision=return&attempt=2&reason=%E8%AF%B7%0D%0A%E8%A1%A5&lines=a&lines=b"
    assert read(text) == Decision("return", 2, "请\n补", ("a", "b"))


def test_fields_of_somebody_else_are_left_alone():
    assert read("decision=approve&csrf_token=x", beside=("csrf_token",)) == Decision("approve")


def test_a_page_may_ignore_what_it_does_not_know():
    assert read("decision=approve&utm=1", unknown=Unknown.IGNORED) == Decision("approve")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("/decision", "missing_field")]),
        ("decision=approve&total=100", [("/total", "unknown_field")]),
        ("decision=approve&decision=return", [("/decision", "repeated_field")]),
        ("decision=maybe", [("/decision", "unknown_choice")]),
        ("decision=approve&attempt=0", [("/attempt", "too_small")]),
        ("decision=approve&attempt=one", [("/attempt", "expected_whole_number")]),
        ("decision=approve&attempt=1.5", [("/attempt", "expected_whole_number")]),
        ("decision=approve&attempt=" + "9" * 40, [("/attempt", "number_too_large")]),
        ("decision=approve&reason=" + "a" * 21, [("/reason", "text_too_long")]),
        ("decision=approve&reason=a%00b", [("/reason", "control_character")]),
        ("decision=approve&lines=a&lines=b%1B", [("/lines/1", "control_character")]),
        ("decision=approve&%00=1", [("/\ufffd", "unknown_field")]),
        ("decision=approve&reason=%ff", [("", "not_a_form")]),
        ("decision=approve&reason=%ED%A0%80", [("", "not_a_form")]),
        ("decision", [("", "not_a_form")]),
        ("decision=approve&reason=请", [("", "not_a_form")]),
        ("&".join(["lines=a"] * (MAX_FIELDS + 1)), [("", "not_a_form")]),
    ],
)
def test_every_wrong_field_is_named(text, expected):
    with pytest.raises(BodyRefused) as refused:
        decode_form(text.encode(), Decision, limit=100_000)
    found = [(fault.pointer, fault.code.removeprefix("body.")) for fault in refused.value.faults]
    assert found == expected


@pytest.mark.parametrize("text", ["nan", "inf", "-Infinity", "1e400"])
def test_a_number_is_finite(text):
    with pytest.raises(BodyRefused):
        decode_form(f"latitude={text}".encode(), Where, limit=100)


def test_a_form_over_the_limit_is_not_looked_at():
    with pytest.raises(BodyTooLarge):
        read("reason=" + "a" * 1000)


def test_blank_fields_are_kept_as_sent():
    assert form_pairs(b"a=&b=1", limit=10) == [("a", ""), ("b", "1")]


@given(st.binary(max_size=60))
def test_no_bytes_give_anything_but_a_form_or_a_refusal(content):
    with contextlib.suppress(Refusal):
        assert isinstance(decode_form(content, Decision, limit=1000), Decision)
