"""A photo: its states and moves, and what its first bytes say it is."""

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from inspection.domain import moves
from inspection.domain.refusals import Fault, PhotoRefused

MOST_BYTES = 8 * 1024 * 1024
"""Largest photo taken. The phone shrinks to about 300 KB; a camera's original fits too."""

HEAD_BYTES = 32
"""How many bytes `recognised` needs to see."""

Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$", max_length=64)]
"""SHA-256 of a photo's bytes, in lower-case hexadecimal: its name everywhere."""

Format = Literal["jpeg", "png", "webp"]
CopyKind = Literal["evidence", "print", "thumb"]
"""The clean copies made from the pixels: for the screen, for the notice, for lists."""

FORMAT_UNKNOWN = "photo.format_unknown"


class PhotoState(StrEnum):
    """Where a photo is. Only a clean one is ever shown; a refused one keeps its bytes, sealed."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    CLEAN = "clean"
    REFUSED = "refused"


PhotoMove = Literal["arrive", "clean", "refuse"]

MOVES: dict[tuple[PhotoState, PhotoMove], PhotoState] = {
    (PhotoState.RECEIVING, "arrive"): PhotoState.RECEIVED,
    (PhotoState.RECEIVED, "clean"): PhotoState.CLEAN,
    (PhotoState.RECEIVED, "refuse"): PhotoState.REFUSED,
}


def moved(state: PhotoState, move: PhotoMove) -> PhotoState:
    """The state after the move. Raises MoveRefused where the table has none."""
    return moves.after(MOVES, "photo", state, move)


def recognised(head: bytes) -> Format:
    """What the first bytes say the file is. Raises PhotoRefused for anything we do not take."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    raise refused("photo.heic" if _is_heic(head) else FORMAT_UNKNOWN)


def refused(reason: str, **facts: object) -> PhotoRefused:
    """A refusal that names its reason, a key of the catalogues, beside the general sentence."""
    return PhotoRefused(faults=(Fault("", reason, **facts),), reason=reason)


# The brands HEIF files of telephones declare; AVIF is the same container.
_HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
)


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS
