"""What a store says about a line it has settled: cause, measure, prevention, photos from after."""

import hashlib
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from inspection.domain.photos.photo import Sha256
from inspection.domain.plain_text import TextTooLong, plain
from inspection.domain.refusals import Fault, TextUnprintable
from inspection.domain.visits.visit import Whereabouts

LONGEST_TEXT = 500
MOST_PHOTOS = 9

Origin = Literal["camera", "gallery", "unknown"]
Text = Annotated[str, Meta(max_length=2_000)]


class ReplyPhoto(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A photo that was sent before: by its digest, with what the phone says of it."""

    sha256: Sha256
    origin: Origin = "unknown"
    taken_at: Annotated[datetime, Meta(tz=True)] | None = None
    place: Whereabouts | None = None


class Reply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is answered. `on_the_spot` says it was mended while the inspector was there."""

    cause: Text = ""
    measure: Text
    prevention: Text = ""
    on_the_spot: bool = False
    photos: Annotated[tuple[ReplyPhoto, ...], Meta(max_length=MOST_PHOTOS)] = ()


TEXTS = ("cause", "measure", "prevention")


def content_hash(reply: Reply) -> str:
    """What makes two replies the same."""
    return hashlib.sha256(msgspec.json.encode(reply, order="deterministic")).hexdigest()


def cleaned(reply: Reply) -> Reply:
    """The same with printable texts; of a reply without faults."""
    texts = {name: plain(getattr(reply, name), name, LONGEST_TEXT) for name in TEXTS}
    return msgspec.structs.replace(reply, **texts)


def faults(reply: Reply, *, photo_wanted: bool) -> list[Fault]:
    """What is missing or too long, each with its place."""
    found = [fault for name in TEXTS for fault in _text_faults(name, getattr(reply, name))]
    if photo_wanted and not reply.photos:
        found.append(Fault("/photos", "rectification.photo_missing"))
    digests = [photo.sha256 for photo in reply.photos]
    found += [
        Fault(f"/photos/{place}", "rectification.photo_twice")
        for place, digest in enumerate(digests)
        if digest in digests[:place]
    ]
    return found


def _text_faults(name: str, text: str) -> list[Fault]:
    try:
        said = plain(text, name, LONGEST_TEXT)
    except (TextTooLong, TextUnprintable) as refusal:
        return [Fault(f"/{name}", refusal.code, **refusal.facts)]
    if name == "measure" and not said:
        return [Fault("/measure", "rectification.measure_missing")]
    return []
