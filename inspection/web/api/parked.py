"""Refused content an administrator has to settle."""

from datetime import datetime

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.persistence.parked import ParkedListed
from inspection.services import parking
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of


class ParkedOut(msgspec.Struct, frozen=True, kw_only=True):
    """One parked content. `inspector` is the code shown instead of the name."""

    id: str
    visit: str
    attempt: int
    content_hash: str
    code: str
    faults: msgspec.Raw
    size: int
    inspector: str
    received_at: datetime


class ParkedUploadsOut(msgspec.Struct, frozen=True):
    """Everything that waits, oldest first."""

    parked: tuple[ParkedOut, ...]


@get("/api/parked", opt=needs(Action.PARKED_READ))
async def list_parked(request: WebRequest) -> ParkedUploadsOut:
    """What was refused after it arrived whole, and why."""
    waiting = await parking.parked_uploads(actor_of(request))
    return ParkedUploadsOut(tuple(_out(row) for row in waiting))


@get("/api/parked/{id:str}", opt=needs(Action.PARKED_READ))
async def read_parked(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The content as it was sent, as a file: it was refused, so nothing here vouches for it."""
    body = await parking.parked_body(actor_of(request), id)
    headers = {"content-disposition": 'attachment; filename="parked.json"'}
    return Response(body, media_type="application/octet-stream", headers=headers)


def _out(row: ParkedListed) -> ParkedOut:
    return ParkedOut(
        id=row.id,
        visit=row.visit_id,
        attempt=row.attempt,
        content_hash=row.content_hash,
        code=row.code,
        faults=msgspec.Raw(row.faults),
        size=row.size,
        inspector=row.inspector,
        received_at=row.received_at,
    )


ROUTES = [list_parked, read_parked]
