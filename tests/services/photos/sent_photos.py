"""Photos sent and cleaned."""

from inspection.persistence.statements import run
from inspection.services.photos.photos import append_piece
from inspection.services.pieces import Piece
from tests.cast import LI
from tests.submissions import a_photo, sha256_of

PHOTO = a_photo(size=(320, 240))
NAME = sha256_of(PHOTO)


async def stream_of(*pieces, then=None):
    for piece in pieces:
        yield piece
    if then is not None:
        raise then


async def sent(tools, content=PHOTO, *, by=LI, start=0, stop=None, portion=100, **announced):
    """Send a photo, or a part of it, in portions of 100 bytes."""
    part = content[start:stop]
    pieces = [part[at : at + portion] for at in range(0, len(part), portion)]
    told = {"sha256": sha256_of(content), "offset": start, "length": len(content)} | announced
    return await append_piece(tools, by.actor, Piece(**told), stream_of(*pieces))


async def state_of(content=PHOTO):
    (row,) = await run("SELECT state, refusal FROM photo WHERE sha256 = ?", sha256_of(content))
    return row["state"], row["refusal"]
