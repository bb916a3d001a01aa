"""What the pages of a notice show the staff."""

from datetime import datetime
from typing import Literal

import msgspec

from inspection.domain.deadline import HoursKind
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.rubrics.rubric import Text
from inspection.services.notices.notice_clocks import NoticeClock
from inspection.services.people.places import RoundLabel, StoreLabel
from inspection.services.trails import TrailEvent

PdfState = Literal["none", "queued", "ready", "failed"]


class LinePhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of a line: its place in the line's address, its figure number and caption."""

    k: int
    figure: int
    caption: str


class NamedPhoto(LinePhoto, frozen=True, kw_only=True):
    """A photo of a line for the desk, with what names its bytes: while a draft is merged and moved,
    another photo comes to the same place.
    """

    sha256: str


class LineItem(msgspec.Struct, frozen=True):
    """A further item of a merged line."""

    code: str
    title: Text


class NoticeLineDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the staff sees it. Wording, hours and responsible may change in a draft; `offered`
    are the hours to choose from.
    """

    id: str
    state: str
    number: int
    item: str
    title: Text
    others: tuple[LineItem, ...]
    section: Text
    standard: Text
    severity: str
    lost: Hundredths
    problem: str
    requirement: str
    responsible: str
    hours: int
    hours_kind: HoursKind
    offered: tuple[int, ...]
    due_at: datetime | None
    photos: tuple[NamedPhoto, ...]


class NoticeName(msgspec.Struct, frozen=True):
    """Another notice, by its number."""

    id: str
    number: str


class NoticeDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A notice for those who prepare and sign it. `version` names the wording that is shown;
    `score_now` is the card's where an issued notice says something else; `own_words` tells that
    the caller may sign, but not what they wrote themselves.
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
    checked_by: str | None
    checked_at: datetime | None
    signed_by: str | None
    issued_at: datetime | None
    delivered_at: datetime | None
    receipt: str
    receipt_name: str
    receipt_note: str
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    clock: NoticeClock
    replaces: NoticeName | None
    replaced_by: NoticeName | None
    ended_by: str | None
    ended_at: datetime | None
    end_reason: str
    verify_url: str
    check: str
    pdf: PdfState
    pdf_pages: int | None
    pdf_fault: str
    unprinted: str
    void_pdf: bool
    can_edit: bool
    can_submit: bool
    can_send_back: bool
    can_sign: bool
    can_void: bool
    own_words: bool
    can_print: bool
    trail: tuple[TrailEvent, ...]


class LineEdit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """New wording of one line. There is no room for points, photos or the item."""

    number: int
    problem: str
    requirement: str
    responsible: str = ""
    hours: int
    hours_kind: HoursKind = "calendar"


class SignedNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that just got its number."""

    id: str
    number: str
    issued_at: datetime
    first_due_at: datetime
