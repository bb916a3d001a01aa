"""A draft: a visit still being filled in, of which every phone keeps a copy on the server."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from msgspec import Meta

from inspection.domain.decoding import decode
from inspection.domain.photos.photo import Sha256
from inspection.domain.refusals import BodyRefused, BodyTooLarge, Fault
from inspection.domain.visits.visit import Attempt, Id, Moment, Wire
from inspection.domain.visits.visit_checks import is_possible
from inspection.domain.visits.visit_flags import corrected

LARGEST_DRAFT = 512 * 1024
"""Bytes of one copy without its photos: as much as a submission."""

MOST_DRAFTS = 60
"""Drafts one account may have open: more than a round has visits for one person."""

MOST_DEVICES = 10
"""Devices one draft may come from."""

MOST_PHOTOS = 400
"""Photos one copy may name: those of the visit, and the originals of marked-up ones."""

KEPT_AFTER = timedelta(days=30)
"""How long a copy stays after it was thrown away or its visit was received."""

DOCUMENT = "document"

DeviceName = Annotated[str, Meta(min_length=1, max_length=64)]


class DraftBody(Wire, frozen=True, kw_only=True):
    """One phone's copy as it sends it. `document` is the phone's own: kept, never read."""

    format: Literal[1]
    visit: Id
    device: DeviceName
    attempt: Attempt
    assignment: Annotated[str, Meta(min_length=1, max_length=36)]
    rubric_digest: Sha256
    saves: Annotated[int, Meta(ge=1)]
    app: Annotated[str, Meta(min_length=1, max_length=40)]
    changed_at: Moment
    clock_offset_ms: Annotated[int, Meta(ge=-(10**13), le=10**13)]
    photos: Annotated[tuple[Sha256, ...], Meta(max_length=MOST_PHOTOS)]
    document: dict[str, Any]


def read_draft(content: bytes, visit: str, device: str) -> DraftBody:
    """The copy sent to this address. Raises BodyTooLarge, or BodyRefused naming every place."""
    if len(content) > LARGEST_DRAFT:
        raise BodyTooLarge(limit=LARGEST_DRAFT)
    body = decode(content, DraftBody, limit=LARGEST_DRAFT, unread=(DOCUMENT,))
    if faults := tuple(_address_faults(body, visit, device)):
        raise BodyRefused(faults=faults)
    return body


def changed_at(body: DraftBody, received_at: datetime) -> datetime:
    """When the copy changed last, by the server's clock; when it came, if the phone's is absurd."""
    if not is_possible(body.changed_at, body.clock_offset_ms):
        return received_at
    return corrected(body.changed_at, body.clock_offset_ms)


def _address_faults(body: DraftBody, visit: str, device: str) -> Iterator[Fault]:
    if body.visit != visit:
        yield Fault("/visit", "draft.visit_differs", expected=visit)
    if body.device != device:
        yield Fault("/device", "draft.device_differs", expected=device)
