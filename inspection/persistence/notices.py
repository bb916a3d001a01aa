"""Notices and their lines: drafted, edited, issued, delivered, acknowledged, printed."""

from datetime import datetime

import msgspec

from inspection.domain.notice_state import NoticeState
from inspection.domain.points import Hundredths
from inspection.domain.published_visit import PublishedPhoto
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


class NoticeLineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it is stored. `photos` is JSON: digests of print copies."""

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
    due_at: datetime | None = None
    photos: str = "[]"

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
    reviewed_name: str | None
    signed_by: str | None
    signed_name: str | None
    issued_at: datetime | None
    delivered_at: datetime | None
    acknowledged_name: str | None
    acknowledged_at: datetime | None
    first_due_at: datetime | None
    pdf_sha256: str | None
    pdf_pages: int | None
    pdf_fault: str
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


class Edited(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a line that may change before sign-off."""

    number: int
    problem: str
    requirement: str
    responsible: str
    hours: int


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """What sign-off adds to a draft."""

    number: str
    snapshot: str
    signed_by: str
    issued_at: datetime
    first_due_at: datetime
    due: tuple[tuple[int, datetime], ...]


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
    """The notice that was drafted for a visit."""
    rows = await run("SELECT id FROM notice WHERE visit = ? ORDER BY drafted_at LIMIT 1", visit)
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


async def write_edits(notice: str, edits: tuple[Edited, ...], demands: str) -> None:
    """Keep new wording, hours and responsible people of a draft."""
    await run_many(
        "UPDATE notice_line SET problem = ?, requirement = ?, responsible = ?, hours = ?"
        " WHERE notice = ? AND number = ?",
        [
            (edit.problem, edit.requirement, edit.responsible, edit.hours, notice, edit.number)
            for edit in edits
        ],
    )
    await run("UPDATE notice SET demands = ? WHERE id = ?", demands, notice)


async def issue_notice(notice: str, issue: Issue) -> None:
    """Freeze the draft: number, snapshot, deadlines."""
    await run(
        "UPDATE notice SET state = 'issued', number = ?, snapshot = ?, signed_by = ?,"
        " issued_at = ?, first_due_at = ? WHERE id = ?",
        issue.number,
        issue.snapshot,
        issue.signed_by,
        issue.issued_at,
        issue.first_due_at,
        notice,
    )
    await run_many(
        "UPDATE notice_line SET due_at = ? WHERE notice = ? AND number = ?",
        [(due_at, notice, number) for number, due_at in issue.due],
    )


async def note_delivered(notice: str, at: datetime) -> None:
    """The store opened it for the first time."""
    await run("UPDATE notice SET state = 'delivered', delivered_at = ? WHERE id = ?", at, notice)


async def note_acknowledged(notice: str, account: str, at: datetime) -> None:
    """Somebody of the store signed for it."""
    await run(
        "UPDATE notice SET state = 'acknowledged', acknowledged_by = ?, acknowledged_at = ?,"
        " delivered_at = coalesce(delivered_at, ?) WHERE id = ?",
        account,
        at,
        at,
        notice,
    )


async def note_printed(notice: str, sha256: str, pages: int) -> bool:
    """Keep where the PDF is. False when it was printed before: those bytes stay."""
    rows = await run(
        "UPDATE notice SET pdf_sha256 = ?, pdf_pages = ?, pdf_fault = ''"
        " WHERE id = ? AND pdf_sha256 IS NULL RETURNING id",
        sha256,
        pages,
        notice,
    )
    return bool(rows)


async def note_print_fault(notice: str, fault: str) -> None:
    """Keep why the PDF could not be made."""
    await run(
        "UPDATE notice SET pdf_fault = ? WHERE id = ? AND pdf_sha256 IS NULL", fault[:240], notice
    )


_NOTICE = (
    "SELECT n.id, n.visit, v.attempt, n.round, n.store, n.region_path, n.state, n.number,"
    " n.demands, n.snapshot, n.verify_token, n.drafted_by, d.name AS drafted_name, n.drafted_at,"
    " q.name AS reviewed_name, n.signed_by, g.name AS signed_name, n.issued_at, n.delivered_at,"
    " k.name AS acknowledged_name, n.acknowledged_at, n.first_due_at, n.pdf_sha256, n.pdf_pages,"
    " n.pdf_fault, s.code AS store_code, s.name AS store_name, n.store_kind, r.code AS round_code,"
    " r.name_zh AS round_zh, r.name_en AS round_en, r.state AS round_state, r.pilot, r.visit_kind,"
    " r.disclose_day, v.rubric_version, v.started_at, v.received_at"
    " FROM notice n JOIN visit v ON v.id = n.visit JOIN store s ON s.id = n.store"
    " JOIN round r ON r.id = n.round JOIN account d ON d.id = n.drafted_by"
    " LEFT JOIN account q ON q.id = v.reviewed_by"
    " LEFT JOIN account g ON g.id = n.signed_by LEFT JOIN account k ON k.id = n.acknowledged_by"
)
