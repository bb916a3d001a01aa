"""What the notice pages show: one family of structs for the staff, another for the store."""

from datetime import date, datetime
from typing import Literal

import msgspec

from inspection.domain.notice import Disposal, SectionRow, Signer
from inspection.domain.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.rubric import Text
from inspection.persistence.notice_lists import NoticeCounts as NoticeCounts
from inspection.services.places import RoundLabel, StoreLabel
from inspection.services.review_results import TrailEvent

PdfState = Literal["none", "queued", "ready", "failed"]


class NoticesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which notices. Empty texts ask for all; `state` may also be `overdue`."""

    state: str = ""
    round: str = ""
    region_path: str = ""
    cursor: str = ""
    size: int = 50


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice in the staff's list. A draft has no number and no deadline yet."""

    id: str
    number: str | None
    state: NoticeState
    store: StoreLabel
    round: RoundLabel
    lines: int
    veto_lines: int
    lost: Hundredths
    first_due_at: datetime | None
    overdue: bool
    drafted_at: datetime
    issued_at: datetime | None
    pdf: PdfState


class NoticeList(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the staff's list: drafts first, then by nearest deadline."""

    rows: tuple[NoticeRow, ...]
    next_cursor: str | None
    counts: NoticeCounts


class LinePhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of a line: its place in the line's address, its figure number and caption."""

    k: int
    figure: int
    caption: str


class NoticeLineDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the staff sees it. Wording, hours and responsible may change in a draft; `offered`
    are the hours to choose from.
    """

    number: int
    item: str
    title: Text
    section: Text
    standard: Text
    severity: str
    lost: Hundredths
    problem: str
    requirement: str
    responsible: str
    hours: int
    offered: tuple[int, ...]
    due_at: datetime | None
    photos: tuple[LinePhoto, ...]


class NoticeDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A notice for those who prepare and sign it. `version` names the wording that is shown;
    `score_now` is the card's where an issued notice says something else.
    """

    id: str
    number: str | None
    state: NoticeState
    store: StoreLabel
    round: RoundLabel
    rubric_title: Text
    visited: Text
    score: Hundredths
    full: Hundredths
    lost: Hundredths
    outcome: str
    score_now: Hundredths | None
    lines: tuple[NoticeLineDetail, ...]
    demands: tuple[str, ...]
    version: str
    drafted_by: str
    drafted_at: datetime
    signed_by: str | None
    issued_at: datetime | None
    delivered_at: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    first_due_at: datetime | None
    verify_url: str
    check: str
    pdf: PdfState
    pdf_pages: int | None
    pdf_fault: str
    can_edit: bool
    can_sign: bool
    can_print: bool
    trail: tuple[TrailEvent, ...]


class LineEdit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """New wording of one line. There is no room for points, photos or the item."""

    number: int
    problem: str
    requirement: str
    responsible: str = ""
    hours: int


class StoreLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One problem as the store reads it: the printed words and the photos by their place."""

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
    overdue: bool
    photos: tuple[LinePhoto, ...]


class StoreNotice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notice as the store may know it: copied field by field from the issued snapshot. Nothing
    else of the visit has a place here.
    """

    id: str
    number: str
    state: NoticeState
    language: str
    title: str
    issuer: str
    issued_at: datetime
    issued_on: str
    store_code: str
    store_name: str
    round_name: str
    rubric_title: str
    rubric_edition: str
    visit_kind: str
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
    sections: tuple[SectionRow, ...]
    lines: tuple[StoreLine, ...]
    first_due: str
    first_due_at: datetime
    last_due: str
    report_back_at: datetime
    disposals: tuple[Disposal, ...]
    demands: tuple[str, ...]
    cc: str
    signers: tuple[Signer, ...]
    check: str
    pdf_ready: bool
    acknowledged_by: str | None
    acknowledged_at: datetime | None


class StoreNoticeItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notice in the store's own list."""

    id: str
    number: str
    state: NoticeState
    title: str
    round_name: str
    issued_at: datetime
    score: str
    lost: str
    lines: int
    first_due_at: datetime
    overdue: bool
    pdf_ready: bool


class StoreNoticeList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The store's notices, latest first."""

    rows: tuple[StoreNoticeItem, ...]


class SignedNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that just got its number."""

    id: str
    number: str
    issued_at: datetime
    first_due_at: datetime


class NoticePdf(msgspec.Struct, frozen=True, kw_only=True):
    """The printed bytes, the same at every download."""

    content: bytes
    sha256: str
    file_name: str


class VerifiedNotice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What anybody with the code on paper may learn: that the notice exists, and nothing else."""

    number: str
    issuer: str
    issued_on: date
    check: str
