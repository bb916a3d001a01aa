"""What is known about each photo: where it is, what came of it, which visits wait for it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.photos.photo import PhotoState
from inspection.persistence.statements import marks, run


class CleanCopies(msgspec.Struct, frozen=True, kw_only=True):
    """The digests of a photo's clean copies and the size of the picture they were made from."""

    width: int
    height: int
    evidence_sha256: str
    print_sha256: str
    thumb_sha256: str


class SentPhoto(msgspec.Struct, frozen=True):
    """Where the clean copy of a sent photo is, once there is one."""

    evidence_sha256: str | None


async def find_state(sha256: str) -> PhotoState | None:
    """Where a photo is, or None when nobody announced it."""
    rows = await run("SELECT state FROM photo WHERE sha256 = ?", sha256)
    return PhotoState(rows[0]["state"]) if rows else None


async def find_sent(sha256: str, account: str) -> SentPhoto | None:
    """A photo this account sent whole, or None: naming another's in a visit is not enough."""
    rows = await run(
        "SELECT evidence_sha256 FROM photo"
        " WHERE sha256 = ? AND account = ? AND state <> 'receiving'",
        sha256,
        account,
    )
    return msgspec.convert(rows[0], SentPhoto) if rows else None


async def find_size_for(sha256: str, account: str) -> int | None:
    """The size of a photo that is here whole and is the account's: sent by it, or named by a visit
    of its own. Otherwise None.
    """
    rows = await run(
        f"SELECT p.size FROM photo p WHERE p.sha256 = ? AND p.state <> 'receiving' AND {_ITS_OWN}",
        sha256,
        account,
        account,
    )
    return int(rows[0]["size"]) if rows else None


async def find_here(photos: Sequence[str], account: str) -> frozenset[str]:
    """Those of these photos that are here whole and are the account's."""
    rows = await run(
        f"SELECT p.sha256 FROM photo p WHERE p.sha256 IN ({marks(len(photos))})"
        f" AND p.state <> 'receiving' AND {_ITS_OWN}",
        *photos,
        account,
        account,
    )
    return frozenset(row["sha256"] for row in rows)


async def announce(photos: Sequence[str], account: str, at: datetime) -> dict[str, PhotoState]:
    """Note that these photos will come, and say where each is now. Inside a transaction nobody can
    change that before its end: whoever cleans one of them waits, and sees the visit then.
    """
    # One order for everybody, so that two visits with the same photos never wait for each other.
    ordered = sorted(set(photos))
    values = ", ".join(["(?, ?, 0, 'receiving', '', ?)"] * len(ordered))
    rows = await run(
        "INSERT INTO photo (sha256, account, size, state, refusal, created_at)"
        f" VALUES {values} ON CONFLICT (sha256) DO UPDATE SET sha256 = excluded.sha256"
        " RETURNING sha256, state",
        *(value for sha256 in ordered for value in (sha256, account, at)),
    )
    return {row["sha256"]: PhotoState(row["state"]) for row in rows}


async def note_arrival(sha256: str, account: str, size: int, at: datetime) -> bool:
    """Note that the photo is here, whole. False when it was already."""
    rows = await run(
        "INSERT INTO photo (sha256, account, size, state, refusal, created_at, completed_at)"
        " VALUES (?, ?, ?, 'received', '', ?, ?) ON CONFLICT (sha256) DO UPDATE SET"
        " account = excluded.account, size = excluded.size, state = excluded.state,"
        " completed_at = excluded.completed_at WHERE photo.state = 'receiving' RETURNING sha256",
        sha256,
        account,
        size,
        at,
        at,
    )
    return bool(rows)


async def note_clean(sha256: str, copies: CleanCopies) -> bool:
    """Keep where the clean copies are. False when the photo was settled before."""
    rows = await run(
        "UPDATE photo SET state = 'clean', width = ?, height = ?, evidence_sha256 = ?,"
        " print_sha256 = ?, thumb_sha256 = ? WHERE sha256 = ? AND state = 'received'"
        " RETURNING sha256",
        *msgspec.structs.astuple(copies),
        sha256,
    )
    return bool(rows)


async def note_refused(sha256: str, reason: str) -> bool:
    """Keep why no clean copy can be made. False when the photo was settled before."""
    rows = await run(
        "UPDATE photo SET state = 'refused', refusal = ? WHERE sha256 = ? AND state = 'received'"
        " RETURNING sha256",
        reason,
        sha256,
    )
    return bool(rows)


_ITS_OWN = (
    "(p.account = ? OR EXISTS (SELECT 1 FROM visit_photo vp"
    " JOIN visit v ON v.id = vp.visit WHERE vp.sha256 = p.sha256 AND v.inspector = ?))"
)
