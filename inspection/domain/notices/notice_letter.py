"""The letter around the judgement: issuer, addressee, comparison, demands, signatures."""

from collections.abc import Mapping
from typing import TypedDict

import msgspec

from inspection.domain.notices.notice import Disposal, NoticeStore, Signer
from inspection.domain.plain_text import plain
from inspection.domain.points import total

NAME, TEXT = 120, 500
DISPOSALS = ("rectify", "at_once", "suspend", "circular")
REPORT_BACK = "{report_back}"
"""Stands in a demand for the hour of the last line; known only once the notice is issued."""

Words = Mapping[str, str]


class Letter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the issuer adds to the judgement. The people named are the office's own.

    An empty `title`, `demands` or `disposals` takes the house wording. `replaces` is the number
    of the notice this one stands in for, `seal` the SHA-256 of the issuer's seal.
    """

    language: str
    issuer: str
    title: str = ""
    store: NoticeStore
    round_name: str
    round_code: str
    previous_score: int | None = None
    rank: int | None = None
    ranked: int | None = None
    benchmark_gap: int | None = None
    disposals: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    cc: str
    drafted_by: str = ""
    reviewed_by: str = ""
    signed_by: str = ""
    verify_url: str
    reply_url: str
    replaces: str = ""
    seal: str = ""


class Comparison(TypedDict):
    """The fields of a snapshot that set the score beside others."""

    previous_score: str | None
    rank: str | None
    benchmark_gap: str | None


def house_demands(words: Words) -> tuple[str, ...]:
    """The demands offered when a notice is drafted, with `REPORT_BACK` still open."""
    return tuple(
        words[f"paper.demand.{name}"] for name in ("first", "second", "third", "consequence")
    )


def compared(letter: Letter, words: Words) -> Comparison:
    """The score beside the last round, the others of this round and the benchmark."""
    previous = letter.previous_score
    return Comparison(
        previous_score=None if previous is None else total(previous),
        rank=_rank(letter, words),
        benchmark_gap=_gap(letter.benchmark_gap),
    )


def addressee(store: NoticeStore) -> NoticeStore:
    """The store in printable words."""
    facts = msgspec.structs.asdict(store)
    return NoticeStore(**{name: plain(text, name, NAME) for name, text in facts.items()})


def _gap(gap: int | None) -> str | None:
    if gap is None:
        return None
    return ("+" if gap > 0 else "") + total(gap)


def _rank(letter: Letter, words: Words) -> str | None:
    if letter.rank is None or letter.ranked is None:
        return None
    return words["paper.score.rank_of"].format(rank=letter.rank, of=letter.ranked)


def disposals(letter: Letter, words: Words) -> tuple[Disposal, ...]:
    """The tick list; 限期整改 unless somebody chose."""
    ticked = letter.disposals or DISPOSALS[:1]
    return tuple(
        Disposal(word=words[f"paper.disposal.{name}"], ticked=name in ticked) for name in DISPOSALS
    )


def demands(letter: Letter, report_back: str, words: Words) -> tuple[str, ...]:
    """The demands with the hour of the last line filled in."""
    said = letter.demands or house_demands(words)
    return tuple(plain(text.replace(REPORT_BACK, report_back), "demand", TEXT) for text in said)


def signers(letter: Letter, words: Words) -> tuple[Signer, ...]:
    """Who drew the notice up, who checked it, who signs."""
    people = (
        ("drafted", letter.drafted_by),
        ("reviewed", letter.reviewed_by),
        ("signed", letter.signed_by),
    )
    return tuple(
        Signer(role=words[f"paper.sign.{role}"], name=plain(name, role, NAME))
        for role, name in people
    )
