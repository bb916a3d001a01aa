"""Proposals of who goes where, and their rows."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec

from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import insertion, marks, run, run_many


class ProposalState(StrEnum):
    """Where a proposal is. The first three can go on, the last two are over."""

    PLANNING = "planning"
    READY = "ready"
    FAILED = "failed"
    PUBLISHED = "published"
    DISCARDED = "discarded"


ACTIVE = (ProposalState.PLANNING, ProposalState.READY, ProposalState.FAILED)


class ProposalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it is kept; `choice` is JSON."""

    id: str
    round: str
    region_path: str
    state: ProposalState
    choice: str
    fault: str
    revision: int
    made_by: str
    made_at: datetime
    planned_at: datetime | None = None
    settled_at: datetime | None = None


class ProposedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One visit of a proposal, or a store that stays without one."""

    id: str
    proposal: str
    store: str
    inspector: str | None
    day: date | None
    by_hand: bool
    attention: int
    warning: str
    why: str
    way_hm: int
    last_inspector: str | None


async def add_proposal(row: ProposalRow) -> None:
    """Keep a new proposal."""
    await run(insertion("round_proposal", ProposalRow), *msgspec.structs.astuple(row))


async def update_proposal(row: ProposalRow) -> None:
    """Write everything that can change of a proposal."""
    await run(
        "UPDATE round_proposal SET state = ?, choice = ?, fault = ?, revision = ?,"
        " planned_at = ?, settled_at = ? WHERE id = ?",
        row.state.value,
        row.choice,
        row.fault,
        row.revision,
        row.planned_at,
        row.settled_at,
        row.id,
    )


async def find_proposal(proposal: str, *, lock: bool = False) -> ProposalRow | None:
    """A proposal by its id, locked until the transaction ends when asked."""
    rows = await run(f"{_PROPOSAL} WHERE id = ?{for_update_clause() if lock else ''}", proposal)
    return msgspec.convert(rows[0], ProposalRow) if rows else None


async def active_proposals(round_id: str, scope: Scope) -> tuple[ProposalRow, ...]:
    """Those of a round that are not over, in a part of the tree, the widest first."""
    condition, values = scope.where("region_path")
    rows = await run(
        f"{_PROPOSAL} WHERE round = ? AND state IN ({marks(len(ACTIVE))}){condition}"
        " ORDER BY region_path, made_at",
        round_id,
        *ACTIVE,
        *values,
    )
    return msgspec.convert(rows, tuple[ProposalRow, ...])


async def last_published(round_id: str, paths: Sequence[str]) -> ProposalRow | None:
    """The plan for one of these parts of the tree that was published last."""
    rows = await run(
        f"{_PROPOSAL} WHERE round = ? AND state = ?"
        f" AND region_path IN ({marks(len(paths))}) ORDER BY settled_at DESC LIMIT 1",
        round_id,
        ProposalState.PUBLISHED.value,
        *paths,
    )
    return msgspec.convert(rows[0], ProposalRow) if rows else None


async def rows_of(proposal: str, store: str = "") -> tuple[ProposedRow, ...]:
    """The rows of a proposal, or those of one store."""
    one = (" AND store = ?", (store,)) if store else ("", ())
    rows = await run(f"{_ROW} WHERE proposal = ?{one[0]} ORDER BY id", proposal, *one[1])
    return msgspec.convert(rows, tuple[ProposedRow, ...], strict=False)


async def find_row(row: str) -> ProposedRow | None:
    """A row by its id."""
    rows = await run(f"{_ROW} WHERE id = ?", row)
    return msgspec.convert(rows[0], ProposedRow, strict=False) if rows else None


async def replace_rows(proposal: str, rows: Sequence[ProposedRow]) -> None:
    """Put these in the place of all rows of a proposal."""
    await run("DELETE FROM proposed_visit WHERE proposal = ?", proposal)
    await run_many(
        insertion("proposed_visit", ProposedRow), [msgspec.structs.astuple(row) for row in rows]
    )


async def update_row(row: ProposedRow) -> None:
    """Write who goes there, when, and what there is to say about it."""
    await run(
        "UPDATE proposed_visit SET inspector = ?, day = ?, by_hand = ?, attention = ?,"
        " warning = ?, why = ?, way_hm = ? WHERE id = ?",
        row.inspector,
        row.day,
        row.by_hand,
        row.attention,
        row.warning,
        row.why,
        row.way_hm,
        row.id,
    )


async def forget_hand_changes(proposal: str) -> None:
    """Let the next plan decide anew about every row."""
    await run("UPDATE proposed_visit SET by_hand = FALSE WHERE proposal = ?", proposal)


_PROPOSAL = f"SELECT {', '.join(ProposalRow.__struct_fields__)} FROM round_proposal"
_ROW = f"SELECT {', '.join(ProposedRow.__struct_fields__)} FROM proposed_visit"
