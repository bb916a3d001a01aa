"""The queue of work transactions leave behind. A job is a row: it commits with its cause."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

import msgspec

from inspection.domain.audit.audit import canonical
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import marks, run

T = TypeVar("T", bound=msgspec.Struct)

MAX_TRIES = 3
BACK_OFF = (timedelta(seconds=5), timedelta(seconds=60))
"""How long a job rests after its first and its second failure; the third is final."""

LOST = "the worker stopped answering three times"

_FAULT_LENGTH = 2000

_DUE = (
    "((state = 'ready' AND run_after <= ?)"
    " OR (state = 'running' AND lease_until < ? AND tries < ?))"
)


class JobState(StrEnum):
    """Where a job is. Dead ones wait for a person."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class ClaimedJob(msgspec.Struct, frozen=True, kw_only=True):
    """Work a worker holds until its lease ends. `tries` counts this one, fencing out older ones."""

    id: int
    kind: str
    key: str
    payload: str
    tries: int

    def read(self, shape: type[T]) -> T:
        """The payload as the struct its kind expects."""
        return msgspec.json.decode(self.payload, type=shape)


class DeadJob(msgspec.Struct, frozen=True, kw_only=True):
    """A job that failed for good, with the last fault."""

    id: int
    kind: str
    key: str
    payload: str
    fault: str


async def enqueue(*, kind: str, key: str, payload: Mapping[str, object], at: datetime) -> None:
    """Leave work in the caller's transaction. The same key is queued once, ever."""
    await run(
        "INSERT INTO job (kind, key, payload, state, tries, run_after, lease_until, fault,"
        " done_steps, all_steps, created_at, done_at)"
        " VALUES (?, ?, ?, ?, 0, ?, NULL, '', 0, 0, ?, NULL)"
        " ON CONFLICT (key) DO NOTHING",
        kind,
        key,
        canonical(payload),
        JobState.READY.value,
        at,
        at,
    )


async def claim(
    now: datetime, lease: timedelta, kinds: tuple[str, ...], limit: int
) -> tuple[ClaimedJob, ...]:
    """Take up to `limit` due jobs of these kinds, also those whose worker stopped answering, but
    none a fourth time. Two workers never get the same job.
    """
    # Looking takes no lock; an idle worker never touches the writer.
    if not await _due(now, kinds):
        return ()
    skip = f"{lock} SKIP LOCKED" if (lock := for_update_clause()) else ""
    rows = await run(
        "UPDATE job SET state = 'running', tries = tries + 1, lease_until = ? WHERE id IN ("
        f"SELECT id FROM job WHERE {_DUE} AND kind IN ({marks(len(kinds))})"
        f" ORDER BY run_after, id LIMIT ?{skip}) RETURNING id, kind, key, payload, tries",
        now + lease,
        now,
        now,
        MAX_TRIES,
        *kinds,
        limit,
    )
    claimed = msgspec.convert(rows, tuple[ClaimedJob, ...])
    return tuple(sorted(claimed, key=lambda job: job.id))


async def lost(now: datetime, kind: str) -> tuple[ClaimedJob, ...]:
    """The jobs whose worker stopped answering at the last try: one that takes its worker down
    with it never reports a failure, its leases run out instead.
    """
    rows = await run(
        "SELECT id, kind, key, payload, tries FROM job WHERE state = 'running'"
        " AND lease_until < ? AND tries >= ? AND kind = ?",
        now,
        MAX_TRIES,
        kind,
    )
    return msgspec.convert(rows, tuple[ClaimedJob, ...])


async def finish(job: ClaimedJob, now: datetime) -> bool:
    """Mark the work done. False when the lease was lost and somebody else holds the job now."""
    return await _settle(job, "state = 'done', lease_until = NULL, fault = '', done_at = ?", now)


async def fail(job: ClaimedJob, now: datetime, fault: str) -> bool:
    """Put the job back with a pause, unless that was its last try: then `bury` it. False: lease
    lost.
    """
    return await _settle(
        job,
        "state = 'ready', lease_until = NULL, run_after = ?, fault = ?",
        now + BACK_OFF[job.tries - 1],
        fault[:_FAULT_LENGTH],
    )


async def bury(job: ClaimedJob, now: datetime, fault: str) -> bool:
    """Give the job up at once: trying again cannot help."""
    return await _settle(
        job,
        "state = 'dead', lease_until = NULL, done_at = ?, fault = ?",
        now,
        fault[:_FAULT_LENGTH],
    )


async def forget_done(kinds: tuple[str, ...], before: datetime) -> int:
    """Remove what of these kinds was done before then; how many."""
    rows = await run(
        f"DELETE FROM job WHERE state = 'done' AND done_at < ? AND kind IN ({marks(len(kinds))})"
        " RETURNING id",
        before,
        *kinds,
    )
    return len(rows)


async def dead_jobs(limit: int = 100) -> tuple[DeadJob, ...]:
    """The jobs that failed for good, latest first."""
    rows = await run(
        "SELECT id, kind, key, payload, fault FROM job WHERE state = 'dead'"
        " ORDER BY id DESC LIMIT ?",
        limit,
    )
    return msgspec.convert(rows, tuple[DeadJob, ...])


async def revive(key: str, at: datetime) -> int | None:
    """Give a dead job three new tries; its id. None when no dead job has that key."""
    rows = await run(
        "UPDATE job SET state = 'ready', tries = 0, run_after = ?, done_at = NULL"
        " WHERE key = ? AND state = 'dead' RETURNING id",
        at,
        key,
    )
    return int(rows[0]["id"]) if rows else None


async def is_dead(key: str) -> bool:
    """Whether nobody tries the job with this key any more."""
    return bool(await run("SELECT id FROM job WHERE key = ? AND state = 'dead'", key))


async def waiting(kind: str) -> int:
    """How many jobs of a kind are ready or being worked on."""
    rows = await run(
        "SELECT count(*) AS n FROM job WHERE state IN ('ready', 'running') AND kind = ?", kind
    )
    return int(rows[0]["n"])


async def _due(now: datetime, kinds: tuple[str, ...]) -> bool:
    rows = await run(
        f"SELECT id FROM job WHERE {_DUE} AND kind IN ({marks(len(kinds))}) LIMIT 1",
        now,
        now,
        MAX_TRIES,
        *kinds,
    )
    return bool(rows)


async def _settle(job: ClaimedJob, change: str, *facts: object) -> bool:
    rows = await run(
        "UPDATE job SET " + change + " WHERE id = ? AND state = 'running' AND tries = ?"
        " RETURNING id",
        *facts,
        job.id,
        job.tries,
    )
    return bool(rows)
