"""Visits from and for the phones."""

from datetime import datetime

import msgspec
from litestar import Response, get, put
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.visits.visit import LARGEST_BODY, VisitBody
from inspection.persistence.visits.visit_details import VisitListed
from inspection.services.visits import visits
from inspection.services.visits.visits import VisitDetail
from inspection.web.decoding import JSON, json_bytes_of
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, tools_of

CONTENT_HASH = "x-content-sha256"


class VisitStore(msgspec.Struct, frozen=True):
    """The store a visit was made to."""

    code: str
    name: str
    kind: str


class VisitRound(msgspec.Struct, frozen=True):
    """The round a visit counts in."""

    code: str
    name_zh: str
    name_en: str


class VisitOut(msgspec.Struct, frozen=True, kw_only=True):
    """A visit in its inspector's list. Points are hundredths."""

    id: str
    attempt: int
    state: str
    complete: bool
    store: VisitStore
    round: VisitRound
    total: int | None
    lost: int
    outcome: str
    received_at: datetime
    missing_photos: int


class SentOut(msgspec.Struct, frozen=True):
    """What the phone said in the attempt that counts."""

    answers: msgspec.Raw = msgspec.Raw(b"[]")
    photos: msgspec.Raw = msgspec.Raw(b"[]")
    check_in: msgspec.Raw = msgspec.Raw(b"null")
    check_out: msgspec.Raw = msgspec.Raw(b"null")
    remarks: msgspec.Raw = msgspec.Raw(b"[]")


class RescoredOut(msgspec.Struct, frozen=True):
    """That the card is not the first one, since when and why; points are hundredths."""

    revision: int
    at: datetime
    reason: str
    total_before: int | None


class VisitDetailOut(VisitOut, frozen=True, kw_only=True):
    """One visit with its scorecard, its receipt and what is still to come. The answers and the
    manifest as they were sent let a returned visit be mended on another phone.
    """

    scorecard: msgspec.Raw
    receipt: msgspec.Raw | None
    missing: tuple[str, ...]
    refused: tuple[str, ...]
    return_reason: str | None
    rescored: RescoredOut | None
    answers: msgspec.Raw
    photos: msgspec.Raw
    check_in: msgspec.Raw
    check_out: msgspec.Raw
    remarks: msgspec.Raw


class VisitsOut(msgspec.Struct, frozen=True):
    """The caller's own visits, latest first."""

    visits: tuple[VisitOut, ...]


@put("/api/visits/{id:str}/attempts/{attempt:int}", opt=needs(Action.VISIT_SUBMIT, reads=VisitBody))
async def send_attempt(
    request: WebRequest, id: FromPath[str], attempt: FromPath[int]
) -> Response[bytes]:
    """Receive an attempt: 201 with a receipt, 200 with the same receipt ever after."""
    content = await json_bytes_of(request, limit=LARGEST_BODY)
    announced = request.headers.get(CONTENT_HASH, "").lower()
    received = await visits.receive_visit(
        tools_of(request), actor_of(request), id, attempt, content, announced
    )
    status = 201 if received.is_new else 200
    return Response(received.receipt, status_code=status, media_type=JSON)


@get("/api/visits", opt=needs(Action.VISIT_READ))
async def list_visits(request: WebRequest) -> VisitsOut:
    """What became of the caller's visits."""
    listed = await visits.my_visits(actor_of(request))
    return VisitsOut(tuple(_shown(visit) for visit in listed))


@get("/api/visits/{id:str}", opt=needs(Action.VISIT_READ))
async def read_visit(request: WebRequest, id: FromPath[str]) -> VisitDetailOut:
    """One visit."""
    return _detailed(await visits.visit_of(actor_of(request), id))


def _shown(visit: VisitListed) -> VisitOut:
    return VisitOut(
        id=visit.id,
        attempt=visit.attempt,
        state=visit.state,
        complete=visit.complete,
        store=VisitStore(visit.store_code, visit.store_name, visit.store_kind),
        round=VisitRound(visit.round_code, visit.round_zh, visit.round_en),
        total=visit.total,
        lost=visit.lost,
        outcome=visit.outcome,
        received_at=visit.received_at,
        missing_photos=visit.missing_photos,
    )


def _detailed(detail: VisitDetail) -> VisitDetailOut:
    found = detail.visit
    sent = msgspec.json.decode(found.submission or "{}", type=SentOut)
    return VisitDetailOut(
        **msgspec.structs.asdict(_shown(found)),
        scorecard=msgspec.Raw(found.scorecard),
        receipt=msgspec.Raw(found.receipt) if found.receipt else None,
        missing=detail.missing,
        refused=detail.refused,
        return_reason=found.return_reason,
        rescored=msgspec.convert(detail.rescored, RescoredOut | None, from_attributes=True),
        **msgspec.structs.asdict(sent),
    )


ROUTES = [send_attempt, list_visits, read_visit]
