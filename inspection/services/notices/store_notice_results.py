"""What a store reads of its notices."""

from datetime import datetime

import msgspec

from inspection.domain.notices.notice import Disposal, SectionRow, Signer
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.rectifications.rectification import Progress
from inspection.services.notices.notice_results import LinePhoto, NoticeName


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
    else of the visit has a place here. `due_at` and `paused` are its clock as it stands now.
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
    due_at: datetime | None
    paused: bool
    last_due: str
    report_back_at: datetime
    disposals: tuple[Disposal, ...]
    demands: tuple[str, ...]
    cc: str
    signers: tuple[Signer, ...]
    check: str
    replaces: str
    replaced_by: NoticeName | None
    end_reason: str
    void_pdf: bool
    pdf_ready: bool
    receipt: str
    receipt_name: str
    delivered_at: datetime | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None


class StoreNoticeItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notice in the store's own list; `settled` lines need nothing any more."""

    id: str
    number: str
    state: NoticeState
    title: str
    round_name: str
    issued_at: datetime
    score: str
    lost: str
    lines: int
    settled: int
    progress: Progress
    first_due_at: datetime
    due_at: datetime | None
    paused: bool
    overdue: bool
    pdf_ready: bool


class StoreNoticeList(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The store's notices, latest first."""

    rows: tuple[StoreNoticeItem, ...]
