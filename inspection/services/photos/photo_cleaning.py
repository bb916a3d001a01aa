"""Clean copies of received photos, and the visits that wait for them."""

import asyncio
import hashlib
import signal
import subprocess
import sys
from pathlib import Path

import msgspec

from inspection.domain.photos.jpeg_segments import foreign_parts
from inspection.domain.photos.photo import PhotoState
from inspection.domain.visits.visit_flags import PHOTO_REFUSED, PHOTO_SIMILAR
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.photos import likenesses, photo_rows, visit_photos
from inspection.persistence.photos.photo_rows import CleanCopies
from inspection.persistence.photos.visit_photos import WaitingVisit
from inspection.services.tools import Tools

SCRIPT = Path(__file__).with_name("photo_pixels.py")
WALL_SECONDS = 60.0
"""Six times the processor time a photo may take: longer means the machine is busy, so try again."""

TOO_COSTLY = "photo.too_costly"
BROKEN = "photo.broken"


class CleaningFailed(Exception):
    """The cleaner itself did not work; the photo is not to blame and stays where it is."""


class Copies(msgspec.Struct, frozen=True, kw_only=True):
    """What the cleaner made: the picture's size, copies from large to small, and what it looks
    like, if like anything.
    """

    width: int
    height: int
    evidence: bytes
    print: bytes
    thumb: bytes
    likeness: str = ""


class Unusable(msgspec.Struct, frozen=True):
    """Why no copy can be made: a code of the catalogues."""

    reason: str


class _Head(msgspec.Struct, frozen=True):
    width: int = 0
    height: int = 0
    sizes: tuple[int, ...] = ()
    likeness: str = ""
    refused: str = ""


async def clean_photo(tools: Tools, sha256: str) -> None:
    """Make the clean copies of a received photo, or note why none can be made, and complete the
    visits that waited for it. Doing it again changes nothing. Raises CleaningFailed.
    """
    if await photo_rows.find_state(sha256) is not PhotoState.RECEIVED:
        return
    content = await tools.photos.sealed.get(sha256)
    outcome = await asyncio.to_thread(make_copies, content)
    if isinstance(outcome, Unusable):
        await _settle_refused(tools, sha256, outcome.reason)
    else:
        await _settle_clean(tools, sha256, await _kept(tools, outcome), outcome.likeness)


def make_copies(content: bytes) -> Copies | Unusable:
    """Run the cleaner on one photo in a process of its own. Raises CleaningFailed."""
    try:
        ran = subprocess.run(  # noqa: S603  our own interpreter and script
            [sys.executable, "-I", str(SCRIPT)],
            input=content,
            capture_output=True,
            timeout=WALL_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        msg = f"no copies after {WALL_SECONDS:.0f} s"
        raise CleaningFailed(msg) from slow
    if ran.returncode < 0:
        return _killed(signal.Signals(-ran.returncode))
    if ran.returncode > 0:
        raise CleaningFailed(ran.stderr.decode(errors="replace")[-1000:])
    return _read(ran.stdout)


def _killed(by: signal.Signals) -> Unusable:
    if by is signal.SIGXCPU:
        return Unusable(TOO_COSTLY)
    if by in {signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL}:
        # The decoder itself fell over: that is what it has a process of its own for.
        return Unusable(BROKEN)
    msg = f"the cleaner was killed by {by.name}"
    raise CleaningFailed(msg)


def _read(output: bytes) -> Copies | Unusable:
    line, _, rest = output.partition(b"\n")
    head = msgspec.json.decode(line, type=_Head)
    if head.refused:
        return Unusable(head.refused)
    evidence, printed, _ = head.sizes
    copies = Copies(
        width=head.width,
        height=head.height,
        evidence=rest[:evidence],
        print=rest[evidence : evidence + printed],
        thumb=rest[evidence + printed :],
        likeness=head.likeness,
    )
    for copy in (copies.evidence, copies.print, copies.thumb):
        if found := foreign_parts(copy):
            msg = f"the cleaner left more than pixels: {', '.join(found)}"
            raise CleaningFailed(msg)
    return copies


async def _kept(tools: Tools, copies: Copies) -> CleanCopies:
    return CleanCopies(
        width=copies.width,
        height=copies.height,
        evidence_sha256=await _put(tools, copies.evidence),
        print_sha256=await _put(tools, copies.print),
        thumb_sha256=await _put(tools, copies.thumb),
    )


async def _put(tools: Tools, copy: bytes) -> str:
    digest = hashlib.sha256(copy).hexdigest()
    await tools.photos.put(digest, copy)
    return digest


async def _settle_clean(tools: Tools, sha256: str, copies: CleanCopies, likeness: str) -> None:
    async with tx():
        # The photo before its visits: a submission that names it holds the photo until it commits.
        if not await photo_rows.note_clean(sha256, copies):
            return
        if likeness:
            await likenesses.keep_likeness(sha256, likeness)
        for visit in await visit_photos.lock_visits_naming(sha256):
            if likeness and await likenesses.seen_elsewhere([sha256], visit.id):
                await visit_photos.note_flags(visit.id, _with_flag(visit.flags, PHOTO_SIMILAR))
            if await visit_photos.note_complete(visit.id):
                await _record(tools, visit, "visit.complete", sha256)


async def _settle_refused(tools: Tools, sha256: str, reason: str) -> None:
    async with tx():
        if not await photo_rows.note_refused(sha256, reason):
            return
        for visit in await visit_photos.lock_visits_naming(sha256):
            await visit_photos.note_flags(visit.id, _with_flag(visit.flags, PHOTO_REFUSED))
            await _record(tools, visit, "photo.refuse", sha256)


def _with_flag(flags: str, flag: str) -> str:
    raised = msgspec.json.decode(flags, type=list[str])
    kept = raised if flag in raised else [*raised, flag]
    return msgspec.json.encode(kept).decode()


async def _record(tools: Tools, visit: WaitingVisit, action: str, sha256: str) -> None:
    await audit.append(
        at=tools.now(),
        actor="",
        action=action,
        noun="visit",
        noun_id=visit.id,
        body={"attempt": visit.attempt, "photo": sha256},
    )
