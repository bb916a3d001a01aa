"""The append-only, hash-chained log: one event per state change, in the same transaction."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.domain.audit.audit import (
    AuditEntry,
    ChainHead,
    ChainReport,
    ChainWalk,
    StateChange,
    link,
)
from inspection.persistence.engine import read_tx
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import run, together, write

_HEAD = 1
_PAGE = 1000


class LoggedEvent(msgspec.Struct, frozen=True):
    """What happened to what, and the hash that stands for everything up to it."""

    seq: int
    hash: str
    action: str
    noun: str
    noun_id: str


async def append(
    *,
    at: datetime,
    actor: str,
    action: str,
    noun: str,
    noun_id: str,
    body: Mapping[str, object],
) -> AuditEntry:
    """Add one event inside the caller's transaction. Say it last: on PostgreSQL it holds the head
    of the chain until the commit, and every other writer waits for it there.
    """
    head = await _locked_head()
    change = StateChange(at=at, actor=actor, action=action, noun=noun, noun_id=noun_id, body=body)
    entry = link(head, change)
    async with together():
        await write(
            "INSERT INTO audit_event"
            " (seq, at, actor, action, noun, noun_id, body, previous_hash, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *msgspec.structs.astuple(entry),
        )
        await write(
            "UPDATE audit_head SET seq = ?, hash = ? WHERE id = ?", entry.seq, entry.hash, _HEAD
        )
    return entry


async def verify_chain(published: Mapping[int, str] | None = None) -> ChainReport:
    """Walk the whole chain and locate altered, removed, reordered and truncated events.
    `published` are hashes by place that were printed elsewhere; they catch a rewritten tail.
    """
    walk = ChainWalk(published)
    async with read_tx():
        after = 0
        while entries := await _entries_after(after):
            walk.follow(entries)
            after = entries[-1].seq
        recorded = await head_of_chain()
    return walk.report(recorded)


async def head_of_chain() -> ChainHead:
    """The recorded last link: what a backup or a bulletin publishes."""
    rows = await run("SELECT seq, hash FROM audit_head WHERE id = ?", _HEAD)
    return msgspec.convert(rows[0], ChainHead) if rows else ChainHead()


async def events_from(seq: int, most: int) -> tuple[LoggedEvent, ...]:
    """So many events from this place on, the one at it included."""
    rows = await run(
        "SELECT seq, hash, action, noun, noun_id FROM audit_event WHERE seq >= ?"
        " ORDER BY seq LIMIT ?",
        *(seq, most),
    )
    return msgspec.convert(rows, tuple[LoggedEvent, ...])


async def events_of(noun: str, noun_id: str) -> tuple[AuditEntry, ...]:
    """Everything recorded about one thing, oldest first."""
    return await _entries("WHERE noun = ? AND noun_id = ? ORDER BY seq", noun, noun_id)


async def _entries_after(seq: int) -> tuple[AuditEntry, ...]:
    return await _entries("WHERE seq > ? ORDER BY seq LIMIT ?", seq, _PAGE)


async def _entries(which: str, *facts: object) -> tuple[AuditEntry, ...]:
    rows = await run(
        "SELECT seq, at, actor, action, noun, noun_id, body, previous_hash, hash"
        " FROM audit_event " + which,
        *facts,
    )
    return msgspec.convert(rows, tuple[AuditEntry, ...])


async def _locked_head() -> ChainHead:
    select = "SELECT seq, hash FROM audit_head WHERE id = ?" + for_update_clause()
    rows = await run(select, _HEAD)
    if not rows:
        empty = ChainHead()
        await run(
            "INSERT INTO audit_head (id, seq, hash) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
            _HEAD,
            empty.seq,
            empty.hash,
        )
        rows = await run(select, _HEAD)
    return msgspec.convert(rows[0], ChainHead)
