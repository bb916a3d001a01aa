"""What stores answered, the photos they showed, and what was decided about it. Only added to."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.persistence.statements import insertion, marks, run, run_many


class ReplyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A reply as it is kept; without an attempt it was set aside, and `aside` says why."""

    id: str
    line: str
    attempt: int | None
    client_id: str
    content_hash: str
    account: str
    cause: str
    measure: str
    prevention: str
    on_the_spot: bool
    aside: str
    due_at: datetime
    received_at: datetime


class PhotoRow(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of a reply. `flags` is JSON."""

    reply: str
    position: int
    sha256: str
    origin: str
    taken_at: datetime | None
    exif_at: datetime | None
    received_at: datetime
    distance_m: int | None
    flags: str


class ShownPhoto(PhotoRow, frozen=True, kw_only=True):
    """The same with where the photo is and its clean copies."""

    state: str
    evidence_sha256: str | None
    print_sha256: str | None


class KnownReply(ReplyRow, frozen=True, kw_only=True):
    """A reply with the name of who wrote it."""

    name: str


class VerdictRow(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict as it is kept."""

    id: str
    line: str
    reply: str
    way: str
    accepted: bool
    reason: str
    verifier: str
    decided_at: datetime


class KnownVerdict(VerdictRow, frozen=True, kw_only=True):
    """A verdict with the name of who gave it."""

    name: str


class StoredPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo the store's people sent whole, and whether it was shown anywhere before."""

    sha256: str
    completed_at: datetime
    seen: bool


async def add_reply(row: ReplyRow, photos: Sequence[PhotoRow]) -> None:
    """Keep a reply. Raises UniqueBroken for an attempt or a content that is there."""
    await run(insertion("rectification_reply", ReplyRow), *msgspec.structs.astuple(row))
    if photos:
        await run_many(
            insertion("rectification_photo", PhotoRow),
            [msgspec.structs.astuple(photo) for photo in photos],
        )


async def replies_to(line: str) -> tuple[KnownReply, ...]:
    """Every reply to a line, those set aside too, earliest first."""
    columns = ", ".join(f"r.{name}" for name in ReplyRow.__struct_fields__)
    rows = await run(
        f"SELECT {columns}, a.name FROM rectification_reply r JOIN account a ON a.id = r.account"
        " WHERE r.line = ? ORDER BY r.received_at, r.attempt, r.id",
        line,
    )
    return msgspec.convert(rows, tuple[KnownReply, ...], strict=False)


async def find_sent(line: str, client_id: str) -> tuple[ReplyRow, ...]:
    """What came under this id, latest last."""
    columns = ", ".join(ReplyRow.__struct_fields__)
    rows = await run(
        f"SELECT {columns} FROM rectification_reply WHERE line = ? AND client_id = ?"
        " ORDER BY received_at, id",
        line,
        client_id,
    )
    return msgspec.convert(rows, tuple[ReplyRow, ...], strict=False)


async def line_of(reply: str) -> str | None:
    """The line a reply is about."""
    rows = await run("SELECT line FROM rectification_reply WHERE id = ?", reply)
    return str(rows[0]["line"]) if rows else None


async def line_of_verdict(verdict: str) -> str | None:
    """The line a verdict is on."""
    rows = await run("SELECT line FROM rectification_verdict WHERE id = ?", verdict)
    return str(rows[0]["line"]) if rows else None


async def last_attempt(line: str) -> ReplyRow | None:
    """The reply that counts."""
    columns = ", ".join(ReplyRow.__struct_fields__)
    rows = await run(
        f"SELECT {columns} FROM rectification_reply WHERE line = ? AND attempt IS NOT NULL"
        " ORDER BY attempt DESC LIMIT 1",
        line,
    )
    return msgspec.convert(rows[0], ReplyRow, strict=False) if rows else None


async def photos_of(line: str) -> tuple[ShownPhoto, ...]:
    """The photos of all replies to a line, in their order."""
    columns = ", ".join(f"x.{name}" for name in PhotoRow.__struct_fields__)
    rows = await run(
        f"SELECT {columns}, p.state, p.evidence_sha256, p.print_sha256"
        " FROM rectification_photo x JOIN rectification_reply r ON r.id = x.reply"
        " JOIN photo p ON p.sha256 = x.sha256 WHERE r.line = ? ORDER BY x.reply, x.position",
        line,
    )
    return msgspec.convert(rows, tuple[ShownPhoto, ...])


async def sent_by_store(store: str, digests: Sequence[str], line: str) -> dict[str, StoredPhoto]:
    """Those of these photos that somebody of the store sent whole. One is seen before when a visit
    or a reply to another line names it, or when it is a copy we handed out.
    """
    if not digests:
        return {}
    rows = await run(
        f"SELECT p.sha256, p.completed_at, ({_SEEN}) AS seen FROM photo p"
        " JOIN account a ON a.id = p.account"
        f" WHERE p.sha256 IN ({marks(len(digests))}) AND p.state <> 'receiving' AND a.store = ?",
        line,
        *digests,
        store,
    )
    found = msgspec.convert(rows, tuple[StoredPhoto, ...], strict=False)
    return {photo.sha256: photo for photo in found}


async def add_verdict(row: VerdictRow) -> None:
    """Keep a verdict."""
    await run(insertion("rectification_verdict", VerdictRow), *msgspec.structs.astuple(row))


async def verdicts_on(line: str) -> tuple[KnownVerdict, ...]:
    """Every verdict on a line, earliest first."""
    columns = ", ".join(f"v.{name}" for name in VerdictRow.__struct_fields__)
    rows = await run(
        f"SELECT {columns}, a.name FROM rectification_verdict v JOIN account a ON a.id = v.verifier"
        " WHERE v.line = ? ORDER BY v.decided_at, v.id",
        line,
    )
    return msgspec.convert(rows, tuple[KnownVerdict, ...], strict=False)


_SEEN = (
    "EXISTS (SELECT 1 FROM visit_photo vp WHERE vp.sha256 = p.sha256)"
    " OR EXISTS (SELECT 1 FROM rectification_photo rp JOIN rectification_reply rr"
    " ON rr.id = rp.reply WHERE rp.sha256 = p.sha256 AND rr.line <> ?)"
    " OR EXISTS (SELECT 1 FROM photo c WHERE c.print_sha256 = p.sha256)"
)
