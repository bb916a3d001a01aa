"""Notices and their lines: kept, found and reworded."""

from datetime import datetime

import msgspec

from inspection.domain.deadline import HoursKind
from inspection.domain.notices.notice_part import LinePart
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.visits.published_visit import PublishedPhoto
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, marks, run, run_many


class NewNotice(msgspec.Struct, frozen=True, kw_only=True):
    """A draft to keep. Id and token are random: both leave the house."""

    id: str
    visit: str
    round: str
    store: str
    store_kind: str
    region_path: str
    demands: str
    verify_token: str
    drafted_by: str
    drafted_at: datetime
    replaces: str | None = None


class NoticeLineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it is stored. `photos` is JSON: digests of print copies; `parts` the lines that
    were merged into it.
    """

    id: str
    notice: str
    number: int
    item: str
    section: str
    severity: str
    lost: Hundredths
    problem: str
    requirement: str
    responsible: str = ""
    hours: int
    hours_kind: HoursKind = "calendar"
    due_at: datetime | None = None
    state: str = "open"
    photos: str = "[]"
    parts: str = "[]"
    carried_from: str | None = None

    def merged(self) -> tuple[LinePart, ...]:
        """The lines merged into it, as they were; none for a line of one item."""
        return msgspec.json.decode(self.parts, type=tuple[LinePart, ...])

    def items(self) -> tuple[str, ...]:
        """The items it is about."""
        return tuple(part.item for part in self.merged()) or (self.item,)

    def published_photos(self) -> tuple[PublishedPhoto, ...]:
        """The photos as a snapshot names them."""
        digests = msgspec.json.decode(self.photos, type=tuple[str, ...])
        return tuple(PublishedPhoto(sha256=digest) for digest in digests)


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A notice with the store, round and people it names. For the staff, never for a store."""

    id: str
    visit: str
    attempt: int
    round: str
    store: str
    region_path: str
    state: NoticeState
    number: str | None
    demands: str
    snapshot: str | None
    verify_token: str
    drafted_by: str
    drafted_name: str
    drafted_at: datetime
    edited_by: str | None
    edited_name: str | None
    checked_by: str | None
    checked_name: str | None
    checked_at: datetime | None
    reviewed_name: str | None
    signed_by: str | None
    signed_name: str | None
    issued_at: datetime | None
    delivered_at: datetime | None
    acknowledged_name: str | None
    acknowledged_at: datetime | None
    receipt: str
    receipt_name: str
    receipt_note: str
    replaces: str | None
    replaces_number: str | None
    replaced_by: str | None
    replaced_by_number: str | None
    ended_by: str | None
    ended_name: str | None
    ended_at: datetime | None
    end_reason: str
    clock: str
    first_due_at: datetime | None
    pdf_sha256: str | None
    pdf_pages: int | None
    pdf_fault: str
    unprinted: str
    void_sha256: str | None
    store_code: str
    store_name: str
    store_kind: str
    round_code: str
    round_zh: str
    round_en: str
    round_state: str
    pilot: bool
    visit_kind: str
    disclose_day: bool
    rubric_version: str
    started_at: datetime | None
    received_at: datetime

    @property
    def author(self) -> str:
        """Whose words they are: who changed them last, or who drew the notice up."""
        return self.edited_by or self.drafted_by

    @property
    def author_name(self) -> str:
        """The name of that person."""
        return self.edited_name or self.drafted_name


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a line that may change before sign-off."""

    number: int
    problem: str
    requirement: str
    responsible: str
    hours: int
    hours_kind: HoursKind = "calendar"


async def add_notice(row: NewNotice, lines: tuple[NoticeLineRow, ...]) -> None:
    """Keep a draft with its lines."""
    columns = ", ".join(NewNotice.__struct_fields__)
    count = len(NewNotice.__struct_fields__)
    await run(
        f"INSERT INTO notice ({columns}, state, number, pdf_fault)"
        f" VALUES ({marks(count)}, 'draft', NULL, '')",
        *msgspec.structs.astuple(row),
    )
    await add_lines(lines)


async def add_lines(lines: tuple[NoticeLineRow, ...]) -> None:
    """Keep lines of a draft."""
    rows = [msgspec.structs.astuple(line) for line in lines]
    await run_many(insertion("notice_line", NoticeLineRow), rows)


async def notice_of_visit(visit: str) -> str | None:
    """The notice that counts for a visit: none that was replaced, a voided one only for want of
    another.
    """
    rows = await run(
        "SELECT id FROM notice WHERE visit = ? AND replaced_by IS NULL"
        " ORDER BY CASE WHEN state = 'void' THEN 1 ELSE 0 END, drafted_at DESC LIMIT 1",
        visit,
    )
    return str(rows[0]["id"]) if rows else None


async def find_notice(notice: str) -> NoticeRow | None:
    """The notice as it stands."""
    rows = await run(f"{_NOTICE} WHERE n.id = ?", notice)
    return msgspec.convert(rows[0], NoticeRow) if rows else None


async def lock_notice(notice: str) -> NoticeRow | None:
    """The notice, kept from changing until the transaction ends."""
    await run("SELECT id FROM notice WHERE id = ?" + for_update_clause(), notice)
    return await find_notice(notice)


async def find_by_token(token: str) -> NoticeRow | None:
    """The notice whose printed code leads here."""
    rows = await run(f"{_NOTICE} WHERE n.verify_token = ?", token)
    return msgspec.convert(rows[0], NoticeRow) if rows else None


async def lines_of(notice: str) -> tuple[NoticeLineRow, ...]:
    """The lines of a notice in their order."""
    rows = await run(
        f"SELECT {', '.join(NoticeLineRow.__struct_fields__)} FROM notice_line"
        " WHERE notice = ? ORDER BY number",
        notice,
    )
    return msgspec.convert(rows, tuple[NoticeLineRow, ...])


async def write_edits(notice: str, edits: tuple[Edited, ...], demands: str, account: str) -> None:
    """Keep new wording, hours and responsible people of a draft, and whose they are."""
    await run_many(
        "UPDATE notice_line SET number = ?, problem = ?, requirement = ?, responsible = ?,"
        " hours = ?, hours_kind = ? WHERE notice = ? AND number = ?",
        [(*msgspec.structs.astuple(edit), notice, edit.number) for edit in edits],
    )
    await run("UPDATE notice SET demands = ?, edited_by = ? WHERE id = ?", demands, account, notice)


_NOTICE = (
    "SELECT n.id, n.visit, v.attempt, n.round, n.store, n.region_path, n.state, n.number,"
    " n.demands, n.snapshot, n.verify_token, n.drafted_by, d.name AS drafted_name, n.drafted_at,"
    " n.edited_by, e.name AS edited_name, n.checked_by, c.name AS checked_name, n.checked_at,"
    " q.name AS reviewed_name, n.signed_by, g.name AS signed_name, n.issued_at, n.delivered_at,"
    " k.name AS acknowledged_name, n.acknowledged_at, n.receipt, n.receipt_name, n.receipt_note,"
    " n.replaces, o.number AS replaces_number, n.replaced_by, w.number AS replaced_by_number,"
    " n.ended_by, x.name AS ended_name, n.ended_at, n.end_reason, n.clock, n.first_due_at,"
    " n.pdf_sha256, n.pdf_pages, n.pdf_fault, n.unprinted, n.void_sha256,"
    " s.code AS store_code, s.name AS store_name, n.store_kind, r.code AS round_code,"
    " r.name_zh AS round_zh, r.name_en AS round_en, r.state AS round_state, r.pilot, r.visit_kind,"
    " r.disclose_day, v.rubric_version, v.started_at, v.received_at"
    " FROM notice n JOIN visit v ON v.id = n.visit JOIN store s ON s.id = n.store"
    " JOIN round r ON r.id = n.round JOIN account d ON d.id = n.drafted_by"
    " LEFT JOIN account q ON q.id = v.reviewed_by LEFT JOIN account e ON e.id = n.edited_by"
    " LEFT JOIN account c ON c.id = n.checked_by LEFT JOIN account x ON x.id = n.ended_by"
    " LEFT JOIN account g ON g.id = n.signed_by LEFT JOIN account k ON k.id = n.acknowledged_by"
    " LEFT JOIN notice o ON o.id = n.replaces LEFT JOIN notice w ON w.id = n.replaced_by"
)
