"""A notice moved on: each step is one statement on a row its caller holds."""

from datetime import datetime

import msgspec

from inspection.domain.notices.notice_state import NoticeState, Receipt
from inspection.persistence.rectifications.notice_tallies import tally_lines
from inspection.persistence.statements import run, run_many


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """What sign-off adds to a draft."""

    number: str
    snapshot: str
    signed_by: str
    issued_at: datetime
    first_due_at: datetime
    due: tuple[tuple[int, datetime], ...]


class Received(msgspec.Struct, frozen=True, kw_only=True):
    """How a notice came to count as received. Nobody's `account` stands for the passing of time."""

    receipt: Receipt
    account: str | None
    at: datetime
    name: str = ""
    note: str = ""


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """Who ended a notice, when, why and in favour of which other one."""

    account: str | None
    at: datetime
    reason: str = ""
    replaced_by: str | None = None


async def note_submitted(notice: str, account: str, at: datetime) -> None:
    """Somebody checked the draft: it waits for its signature."""
    await run(
        "UPDATE notice SET state = 'pending_signoff', checked_by = ?, checked_at = ? WHERE id = ?",
        account,
        at,
        notice,
    )


async def note_sent_back(notice: str) -> None:
    """It is a draft again, and nobody has checked it."""
    await run(
        "UPDATE notice SET state = 'draft', checked_by = NULL, checked_at = NULL WHERE id = ?",
        notice,
    )


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
    await tally_lines(notice)


async def note_delivered(notice: str, at: datetime) -> None:
    """The store opened it for the first time."""
    await run("UPDATE notice SET state = 'delivered', delivered_at = ? WHERE id = ?", at, notice)


async def note_received(notice: str, received: Received) -> None:
    """It counts as received from now on."""
    await run(
        "UPDATE notice SET state = 'acknowledged', receipt = ?, receipt_name = ?,"
        " receipt_note = ?, acknowledged_by = ?, acknowledged_at = ?,"
        " delivered_at = coalesce(delivered_at, ?) WHERE id = ?",
        received.receipt.value,
        received.name,
        received.note,
        received.account,
        received.at,
        received.at,
        notice,
    )


async def note_ended(notice: str, state: NoticeState, ending: Ending) -> None:
    """Nothing is owed by it any more: closed, void or superseded."""
    await run(
        "UPDATE notice SET state = ?, ended_by = ?, ended_at = ?, end_reason = ?,"
        " replaced_by = ? WHERE id = ?",
        state.value,
        ending.account,
        ending.at,
        ending.reason,
        ending.replaced_by,
        notice,
    )


async def note_reopened(notice: str, state: NoticeState) -> None:
    """Something is owed by it again. A store that answered all of it has received it, whether or
    not it ever signed.
    """
    await run(
        "UPDATE notice SET state = ?, receipt = CASE WHEN receipt = '' THEN 'deemed' ELSE receipt"
        " END, acknowledged_at = coalesce(acknowledged_at, ended_at),"
        " delivered_at = coalesce(delivered_at, ended_at),"
        " ended_by = NULL, ended_at = NULL, end_reason = '' WHERE id = ?",
        state.value,
        notice,
    )
