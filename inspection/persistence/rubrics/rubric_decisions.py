"""What second persons said about drafts of rubrics, and versions taken out of use."""

from datetime import datetime
from typing import Literal

import msgspec

from inspection.persistence.statements import insertion, run

Decision = Literal["approve", "veto"]


class DecisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about a draft as it was at so many saves."""

    id: str
    draft: str
    decision: Decision
    reason: str
    saves: int
    account: str
    decided_at: datetime


class DecisionShown(msgspec.Struct, frozen=True, kw_only=True):
    """A decision with the name of who decided."""

    decision: Decision
    reason: str
    saves: int
    name: str
    decided_at: datetime


class WithdrawalRow(msgspec.Struct, frozen=True, kw_only=True):
    """Why a version may no longer be used."""

    id: str
    rubric_version: str
    reason: str
    account: str
    withdrawn_at: datetime


class WithdrawalShown(msgspec.Struct, frozen=True, kw_only=True):
    """A withdrawal with the name of who withdrew."""

    rubric_version: str
    reason: str
    name: str
    withdrawn_at: datetime


async def add_decision(row: DecisionRow) -> None:
    """Keep a decision."""
    await run(insertion("rubric_decision", DecisionRow), *msgspec.structs.astuple(row))


async def decisions_about(draft: str) -> tuple[DecisionShown, ...]:
    """Every decision about a draft, latest first."""
    rows = await run(
        "SELECT d.decision, d.reason, d.saves, a.name, d.decided_at FROM rubric_decision d"
        " JOIN account a ON a.id = d.account WHERE d.draft = ?"
        " ORDER BY d.decided_at DESC, d.id DESC",
        draft,
    )
    return msgspec.convert(rows, tuple[DecisionShown, ...])


async def decisions_since(at: datetime) -> tuple[tuple[datetime, Decision], ...]:
    """When each decision since a moment was made, and what it was; oldest first."""
    rows = await run(
        "SELECT decided_at, decision FROM rubric_decision WHERE decided_at >= ?"
        " ORDER BY decided_at, id",
        at,
    )
    pairs = [(row["decided_at"], row["decision"]) for row in rows]
    return msgspec.convert(pairs, tuple[tuple[datetime, Decision], ...])


async def add_withdrawal(row: WithdrawalRow) -> None:
    """Keep why a version was withdrawn. Raises UniqueBroken when it was before."""
    await run(insertion("rubric_withdrawal", WithdrawalRow), *msgspec.structs.astuple(row))


async def withdrawals_of(code: str) -> tuple[WithdrawalShown, ...]:
    """The withdrawals of a code's versions."""
    rows = await run(
        "SELECT w.rubric_version, w.reason, a.name, w.withdrawn_at FROM rubric_withdrawal w"
        " JOIN rubric_version v ON v.digest = w.rubric_version"
        " JOIN account a ON a.id = w.account WHERE v.code = ? ORDER BY w.withdrawn_at, w.id",
        code,
    )
    return msgspec.convert(rows, tuple[WithdrawalShown, ...])
