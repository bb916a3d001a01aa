"""The number of a notice: 甘移服整〔2026〕1号, or the issuer's own pattern.

Drawing `n` from its counter is the work of the transaction that issues the notice.
"""

from datetime import datetime
from enum import StrEnum
from string import Formatter

from inspection.domain.deadline import SHANGHAI
from inspection.domain.refusals import Refusal, Why

# GB/T 9704: the full year in 〔〕, no 第, no leading zeros, 号 at the end.
STANDARD = "{mark}〔{year}〕{n}号"
LEGACY = "{mark}字〔{year}〕第{n:03}号"

_FIELDS = {("mark", ""), ("year", ""), ("n", ""), ("n", "02"), ("n", "03"), ("n", "04")}


class PaperKind(StrEnum):
    """Papers that bear numbers, each kind counted apart."""

    NOTICE = "notice"
    EXTENSION = "extension"
    BULLETIN = "bulletin"


class NumberPatternRefused(Refusal):
    """The pattern lacks `{mark}`, `{year}` or `{n}`, or asks for something else: `pattern`."""

    code = "notice.number_pattern_refused"
    why = Why.INVALID


def number(pattern: str, issuer_mark: str, year: int, n: int) -> str:
    """The printed number; `STANDARD` is the form GB/T 9704 asks for."""
    check_pattern(pattern)
    return pattern.format(mark=issuer_mark, year=year, n=n)


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that would not give every notice of every year its own number."""
    # A pattern is typed by an administrator: only plain fields, never `{mark.__class__}`.
    try:
        parsed = tuple(Formatter().parse(pattern))
    except ValueError:
        raise NumberPatternRefused(pattern=pattern) from None
    fields = {(name, f"{spec}{how or ''}") for _, name, spec, how in parsed if name is not None}
    if not fields <= _FIELDS or {name for name, _ in fields} != {"mark", "year", "n"}:
        raise NumberPatternRefused(pattern=pattern)


def counter_key(issuer_mark: str, year: int, kind: PaperKind = PaperKind.NOTICE) -> str:
    """The counter a number is drawn from: one per issuer, document type and year."""
    return f"{issuer_mark}|{kind.value}|{year}"


def year_of(issued_at: datetime) -> int:
    """The year a notice is numbered in: the calendar year at the issuer's, not in UTC."""
    return issued_at.astimezone(SHANGHAI).year
