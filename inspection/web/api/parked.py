"""Refused content an administrator has to settle."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.visits.settlement import MOST_NOTE, Settlement
from inspection.persistence.visits.parked import ParkedListed
from inspection.services.visits import parking, settlements
from inspection.services.visits.settlements import Wish
from inspection.web.decoding import json_of
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, tools_of


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


class SettlementIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to settle a content, and why."""

    settlement: Settlement
    note: Annotated[str, Meta(min_length=1, max_length=MOST_NOTE)]


class ParkedSettledOut(ParkedOut, frozen=True, kw_only=True):
    """A settled content: what became of it, why, who decided and when."""

    settlement: Settlement | None
    note: str
    settled_by: str | None
    settled_at: datetime | None


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


@post(
    "/api/parked/{id:str}/settled",
    opt=needs(Action.PARKED_SETTLE, reads=SettlementIn),
    status_code=200,
)
async def settle_parked(request: WebRequest, id: FromPath[str]) -> ParkedSettledOut:
    """Settle a content with a note, or accept it after all; the same again changes nothing."""
    asked = await json_of(request, SettlementIn)
    wish = Wish(settlement=asked.settlement, note=asked.note)
    settled = await settlements.settle_parked(tools_of(request), actor_of(request), id, wish)
    return ParkedSettledOut(
        **msgspec.structs.asdict(_out(settled)),
        settlement=settled.settlement,
        note=settled.note,
        settled_by=settled.settled_by,
        settled_at=settled.settled_at,
    )


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


ROUTES = [list_parked, read_parked, settle_parked]
