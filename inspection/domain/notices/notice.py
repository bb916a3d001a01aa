"""The rectification notice as it was said: a frozen snapshot of words and numbers.

It is complete in itself: printing reads nothing else, so renaming a store never rewrites a notice.
"""

import hashlib
from datetime import datetime

import msgspec

SCHEMA = 1
"""Version of the shape below; goes up when a field changes its meaning."""


class NoticeStore(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The addressee. `unit` answers for the store (城关分公司); `region` is the path in words."""

    code: str
    name: str
    kind: str
    unit: str
    region: str


class SectionRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of the score table, strings beside exact hundredths. Not applicable: — and None."""

    title: str
    full: str
    score: str
    lost: str
    full_hundredths: int
    score_hundredths: int | None
    lost_hundredths: int
    rate_permille: int | None


class NoticePhoto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A photo by the SHA-256 of its print copy. `figure` counts through the whole notice."""

    figure: int
    sha256: str
    caption: str


class NoticeLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One problem and what must be done about it by when."""

    no: int
    item: str
    item_title: str
    section_title: str
    severity: str
    severity_word: str
    problem: str
    standard: str
    lost: str
    lost_hundredths: int
    requirement: str
    responsible: str
    hours: int
    allowed: str
    due_at: datetime
    due: str
    photos: tuple[NoticePhoto, ...] = ()


class Disposal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One box of the tick list 限期整改 / 立即整改 / 停岗培训 / 通报."""

    word: str
    ticked: bool


class Signer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """经办人, 审核人 or 签发人 with the name to print; an empty name leaves a line to sign on."""

    role: str
    name: str


class NoticeSnapshot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a notice says. All strings are final, in `language`; all times are UTC.
    `replaces` is the number of the notice it stands in for, `seal` the SHA-256 of its seal.
    """

    schema: int = SCHEMA
    language: str
    number: str
    title: str
    issuer: str
    issued_at: datetime
    issued_on: str
    store: NoticeStore
    round_name: str
    round_code: str
    rubric_title: str
    rubric_edition: str
    visit_kind: str
    covert: bool
    visited: str
    basis: str
    score: str
    full: str
    lost: str
    score_hundredths: int
    full_hundredths: int
    lost_hundredths: int
    raw: str
    outcome: str
    notes: tuple[str, ...]
    previous_score: str | None = None
    rank: str | None = None
    benchmark_gap: str | None = None
    sections: tuple[SectionRow, ...]
    lines: tuple[NoticeLine, ...]
    first_due: str
    last_due: str
    report_back_at: datetime
    disposals: tuple[Disposal, ...] = ()
    demands: tuple[str, ...]
    cc: str
    signers: tuple[Signer, ...]
    verify_url: str
    reply_url: str
    replaces: str = ""
    seal: str = ""
    check: str = ""


_LATER = ("replaces", "seal")
"""Fields younger than the first notices: left out where they say nothing, so that the check code
of an older notice stays the same.
"""


def canonical(snapshot: NoticeSnapshot) -> bytes:
    """The one JSON form that is stored and hashed."""
    facts = msgspec.to_builtins(snapshot)
    for name in _LATER:
        if not facts[name]:
            del facts[name]
    # In the order of the fields, as a struct is written.
    return msgspec.json.encode(facts)


def sealed(snapshot: NoticeSnapshot) -> NoticeSnapshot:
    """The same notice carrying its check code, which anybody can recompute from the rest."""
    return msgspec.structs.replace(snapshot, check=_check_code(snapshot))


def genuine(snapshot: NoticeSnapshot) -> bool:
    """Whether the check code belongs to these words and numbers."""
    return bool(snapshot.check) and snapshot.check == _check_code(snapshot)


def _check_code(snapshot: NoticeSnapshot) -> str:
    bare = msgspec.structs.replace(snapshot, check="")
    digest = hashlib.sha256(canonical(bare)).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
