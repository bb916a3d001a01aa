"""Copies of drafts from the phones: one per visit and device, the sender's own only."""

from datetime import datetime

import msgspec
from litestar import Response, delete, get, put
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.visits.draft import LARGEST_DRAFT, DeviceName, DraftBody
from inspection.persistence.visits.draft_lists import ListedCopy
from inspection.services.visits import drafts
from inspection.services.visits.drafts import Kept, OpenDraft, Sent
from inspection.web.api.visits import CONTENT_HASH, VisitStore
from inspection.web.decoding import JSON, json_bytes_of, json_of
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, session_of, tools_of


class DraftOwnerIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The device that goes on with a draft."""

    device: DeviceName


class DraftKeptOut(msgspec.Struct, frozen=True, kw_only=True):
    """The copy of a device that is kept now, and its photos that are not here whole."""

    visit: str
    device: str
    saves: int
    content_hash: str
    received_at: datetime
    owner: str
    missing: tuple[str, ...]


class DraftCopyOut(msgspec.Struct, frozen=True, kw_only=True):
    """A device's copy. `this_session`: it came from the browser that asks now."""

    device: str
    saves: int
    changed_at: datetime
    received_at: datetime
    content_hash: str
    photos: int
    this_session: bool


class DraftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with every copy of it, latest first."""

    visit: str
    attempt: int
    assignment: str
    store: VisitStore
    owner: str
    copies: tuple[DraftCopyOut, ...]


class DraftsOut(msgspec.Struct, frozen=True):
    """The caller's drafts that were neither submitted nor thrown away, latest first."""

    drafts: tuple[DraftOut, ...]


@put("/api/drafts/{visit:str}/{device:str}", opt=needs(Action.DRAFT_KEEP, reads=DraftBody))
async def keep_draft(
    request: WebRequest, visit: FromPath[str], device: FromPath[str]
) -> DraftKeptOut:
    """Keep a device's copy; an older one than is here changes nothing."""
    sent = Sent(
        visit=visit,
        device=device,
        session=session_of(request).id,
        content=await json_bytes_of(request, limit=LARGEST_DRAFT),
        announced_hash=request.headers.get(CONTENT_HASH, "").lower(),
    )
    kept = await drafts.keep_draft(tools_of(request), actor_of(request), sent)
    return _kept(visit, kept)


@get("/api/drafts", opt=needs(Action.DRAFT_KEEP))
async def list_drafts(request: WebRequest) -> DraftsOut:
    """The caller's open drafts."""
    session = session_of(request).id
    found = await drafts.open_drafts(actor_of(request))
    return DraftsOut(tuple(_shown(draft, session) for draft in found))


@get("/api/drafts/{visit:str}/{device:str}", opt=needs(Action.DRAFT_KEEP))
async def read_draft(
    request: WebRequest, visit: FromPath[str], device: FromPath[str]
) -> Response[bytes]:
    """A copy byte for byte as it was sent."""
    found = await drafts.draft_body(actor_of(request), visit, device)
    headers = {CONTENT_HASH: found.content_hash}
    return Response(found.body, media_type=JSON, headers=headers)


@put("/api/drafts/{visit:str}/owner", opt=needs(Action.DRAFT_KEEP, reads=DraftOwnerIn))
async def take_draft_over(request: WebRequest, visit: FromPath[str]) -> DraftOut:
    """Let another device go on with the draft."""
    wanted = await json_of(request, DraftOwnerIn)
    draft = await drafts.take_over(tools_of(request), actor_of(request), visit, wanted.device)
    return _shown(draft, session_of(request).id)


@delete("/api/drafts/{visit:str}/{device:str}", opt=needs(Action.DRAFT_KEEP), status_code=204)
async def discard_draft(request: WebRequest, visit: FromPath[str], device: FromPath[str]) -> None:
    """Throw a copy away; it is kept for 30 days."""
    await drafts.discard_draft(tools_of(request), actor_of(request), visit, device)


def _kept(visit: str, kept: Kept) -> DraftKeptOut:
    return DraftKeptOut(
        visit=visit,
        device=kept.copy.device,
        saves=kept.copy.saves,
        content_hash=kept.copy.content_hash,
        received_at=kept.copy.received_at,
        owner=kept.owner,
        missing=kept.missing,
    )


def _shown(draft: OpenDraft, session: str) -> DraftOut:
    facts = draft.facts
    return DraftOut(
        visit=draft.visit,
        attempt=draft.attempt,
        assignment=facts.assignment,
        store=VisitStore(facts.store_code, facts.store_name, facts.store_kind),
        owner=facts.owner,
        copies=tuple(_copy(copy, session) for copy in draft.copies),
    )


def _copy(copy: ListedCopy, session: str) -> DraftCopyOut:
    return DraftCopyOut(
        device=copy.device,
        saves=copy.saves,
        changed_at=copy.changed_at,
        received_at=copy.received_at,
        content_hash=copy.content_hash,
        photos=copy.photo_count,
        this_session=copy.session == session,
    )


ROUTES = [keep_draft, list_drafts, read_draft, take_draft_over, discard_draft]
