"""The photos of a reply: whether they are here, when and where they were taken, what is odd."""

from contextlib import suppress
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

import msgspec

from inspection.domain.rectifications.after_photo import EARLY, Taken, exif_moment, flags
from inspection.domain.rectifications.reply import Reply, ReplyPhoto
from inspection.domain.refusals import Fault
from inspection.persistence.rectifications import rectification_replies
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.rectification_replies import PhotoRow, StoredPhoto
from inspection.services.tools import Tools

EARTH_METRES = 6_371_000
MILLION = 1_000_000


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """What the photos of a reply come to: rows to keep, and what keeps the reply out."""

    rows: tuple[PhotoRow, ...]
    faults: tuple[Fault, ...]


async def look_at(tools: Tools, row: LineRow, reply: Reply, issued_at: datetime) -> Looked:
    """Look at every photo of a reply. One that is not here, or older than the notice, is a fault;
    everything else is a flag for whoever verifies. The reply's id is still to be put in.
    """
    digests = [photo.sha256 for photo in reply.photos]
    stored = await rectification_replies.sent_by_store(row.store, digests, row.id)
    rows: list[PhotoRow] = []
    faults: list[Fault] = []
    for position, photo in enumerate(reply.photos, 1):
        known = stored.get(photo.sha256)
        if known is None:
            faults.append(Fault(f"/photos/{position - 1}", "rectification.photo_not_here"))
            continue
        found = await _photo(tools, row, (position, photo, known), issued_at)
        rows.append(found)
        if EARLY in found.flags:
            faults.append(Fault(f"/photos/{position - 1}", "rectification.photo_early"))
    return Looked(rows=tuple(rows), faults=tuple(faults))


async def _photo(
    tools: Tools, row: LineRow, which: tuple[int, ReplyPhoto, StoredPhoto], issued_at: datetime
) -> PhotoRow:
    position, photo, known = which
    taken = Taken(
        received_at=known.completed_at,
        said_at=photo.taken_at,
        exif_at=await _exif(tools, photo.sha256),
        origin=photo.origin,
        distance_m=_distance(row, photo),
        seen_before=known.seen,
    )
    return PhotoRow(
        reply="",
        position=position,
        sha256=photo.sha256,
        origin=photo.origin,
        taken_at=photo.taken_at,
        exif_at=taken.exif_at,
        received_at=known.completed_at,
        distance_m=taken.distance_m,
        flags=msgspec.json.encode(flags(taken, issued_at)).decode(),
    )


async def _exif(tools: Tools, sha256: str) -> datetime | None:
    with suppress(KeyError):
        return exif_moment(await tools.photos.sealed.get(sha256))
    return None


def _distance(row: LineRow, photo: ReplyPhoto) -> int | None:
    if photo.place is None or row.latitude_e6 is None or row.longitude_e6 is None:
        return None
    here = (photo.place.latitude_e6, photo.place.longitude_e6)
    (lat, lon), (store_lat, store_lon) = (
        tuple(radians(degrees / MILLION) for degrees in pair)
        for pair in (here, (row.latitude_e6, row.longitude_e6))
    )
    half = (
        sin((lat - store_lat) / 2) ** 2
        + cos(lat) * cos(store_lat) * sin((lon - store_lon) / 2) ** 2
    )
    return round(2 * EARTH_METRES * asin(sqrt(min(1.0, half))))
