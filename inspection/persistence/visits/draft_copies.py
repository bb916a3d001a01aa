"""Copies of drafts: one row per visit and device, changed by that device's later saves only."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId
from inspection.persistence.statements import insertion, run


class DraftCopyRow(msgspec.Struct, frozen=True, kw_only=True):
    """One device's copy as it is kept. `photos` is JSON."""

    id: str
    visit_id: str
    device: str
    account: str
    attempt: int
    saves: int
    app: str
    changed_at: datetime
    received_at: datetime
    content_hash: str
    photo_count: int
    photos: str
    session: str
    body: bytes


class KeptCopy(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a copy without reading it."""

    device: str
    attempt: int
    saves: int
    content_hash: str
    received_at: datetime
    photos: str
    session: str
    discarded_at: datetime | None


class KnownDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What is known under a visit's id before a copy is taken: the draft, if it began; the visit,
    if one was received; the inspector of the assignment, if there is one.
    """

    account: str | None
    assignment: str | None
    owner: str | None
    visit_inspector: str | None
    visit_attempt: int | None
    assignment_inspector: AccountId | None


class CopyBody(msgspec.Struct, frozen=True):
    """A copy as it was sent."""

    body: bytes
    content_hash: str


class BegunDraft(msgspec.Struct, frozen=True):
    """Whose draft it is, and which device goes on with it."""

    account: str
    owner: str


async def find_draft(visit: str, assignment: str) -> KnownDraft:
    """Everything that decides whether a copy may come in."""
    (row,) = await run(_KNOWN, visit, visit, assignment)
    return msgspec.convert(row, KnownDraft)


async def find_copy(visit: str, device: str) -> KeptCopy | None:
    """What is known of a device's copy, thrown away or not."""
    return next(iter(await _copies(visit, device)), None)


async def get_copy(visit: str, device: str) -> KeptCopy:
    """The same of a copy that is known to be there."""
    (copy,) = await _copies(visit, device)
    return copy


async def _copies(visit: str, device: str) -> tuple[KeptCopy, ...]:
    rows = await run(
        "SELECT device, attempt, saves, content_hash, received_at, photos, session,"
        " discarded_at"
        " FROM draft_copy WHERE visit_id = ? AND device = ?",
        visit,
        device,
    )
    return msgspec.convert(rows, tuple[KeptCopy, ...])


async def begin_draft(row: DraftCopyRow, assignment: str) -> BegunDraft:
    """The draft this copy belongs to; the first device that sends one is its owner. Held until the
    transaction ends.
    """
    (begun,) = await run(
        "INSERT INTO draft (visit_id, account, assignment, owner, created_at)"
        " VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (visit_id) DO UPDATE SET visit_id = excluded.visit_id"
        " RETURNING account, owner",
        row.visit_id,
        row.account,
        assignment,
        row.device,
        row.received_at,
    )
    return msgspec.convert(begun, BegunDraft)


async def keep_copy(row: DraftCopyRow) -> bool:
    """Keep a copy, also one that was thrown away. False when what is kept is as new or newer."""
    return bool(await run(_KEEP, *msgspec.structs.astuple(row)))


async def note_session(visit: str, device: str, content_hash: str, session: str) -> None:
    """Note under which session this very content was sent last."""
    await run(
        "UPDATE draft_copy SET session = ? WHERE visit_id = ? AND device = ? AND content_hash = ?",
        session,
        visit,
        device,
        content_hash,
    )


async def count_devices(visit: str) -> int:
    """From how many devices a draft's copies came that are not thrown away."""
    (row,) = await run(
        "SELECT count(*) AS n FROM draft_copy WHERE visit_id = ? AND discarded_at IS NULL", visit
    )
    return int(row["n"])


async def find_body(account: str, visit: str, device: str) -> CopyBody | None:
    """A copy of an account as it was sent, thrown away or not."""
    rows = await run(
        "SELECT body, content_hash FROM draft_copy"
        " WHERE account = ? AND visit_id = ? AND device = ?",
        account,
        visit,
        device,
    )
    return CopyBody(bytes(rows[0]["body"]), rows[0]["content_hash"]) if rows else None


async def change_owner(account: str, visit: str, device: str) -> bool:
    """Let a device go on with a draft of an account. False when it does already."""
    rows = await run(
        "UPDATE draft SET owner = ? WHERE visit_id = ? AND account = ? AND owner <> ?"
        " RETURNING visit_id",
        device,
        visit,
        account,
        device,
    )
    return bool(rows)


async def discard_copy(account: str, visit: str, device: str, at: datetime) -> bool:
    """Take a copy off the list. False when it was off before, or there is none."""
    rows = await run(
        "UPDATE draft_copy SET discarded_at = ?"
        " WHERE account = ? AND visit_id = ? AND device = ? AND discarded_at IS NULL"
        " RETURNING id",
        at,
        account,
        visit,
        device,
    )
    return bool(rows)


async def forget_copies(before: datetime) -> int:
    """Remove the copies thrown away, and those whose visit was received, before that moment."""
    rows = await run(
        "DELETE FROM draft_copy WHERE discarded_at < ? OR EXISTS ("
        "SELECT 1 FROM visit v WHERE v.id = draft_copy.visit_id"
        " AND v.attempt >= draft_copy.attempt AND v.received_at < ?) RETURNING id",
        before,
        before,
    )
    return len(rows)


_COLUMNS = DraftCopyRow.__struct_fields__
_FIXED = {"id", "visit_id", "device", "account"}
_KEEP = (
    insertion("draft_copy", DraftCopyRow)
    + " ON CONFLICT (visit_id, device) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS if name not in _FIXED)
    # A returned visit's next attempt may count its saves from the beginning again.
    + ", discarded_at = NULL WHERE excluded.attempt > draft_copy.attempt"
    " OR (excluded.attempt = draft_copy.attempt AND excluded.saves > draft_copy.saves)"
    " RETURNING id"
)

_KNOWN = (
    "SELECT d.account, d.assignment, d.owner, v.inspector AS visit_inspector,"
    " v.attempt AS visit_attempt, a.inspector AS assignment_inspector"
    " FROM (SELECT 1 AS one) x LEFT JOIN draft d ON d.visit_id = ?"
    " LEFT JOIN visit v ON v.id = ? LEFT JOIN assignment a ON a.id = ?"
)
