"""Copies of drafts: a phone may be lost, what was typed on it is not. Copies of different devices
are never merged and never overwrite each other; people choose.
"""

from collections.abc import Iterable, Mapping

import msgspec

from inspection.domain.access import Action, Actor, Place, granted, may
from inspection.domain.refusals import (
    DraftDevicesTooMany,
    DraftRefused,
    DraftsTooMany,
    DraftSubmitted,
    Fault,
    HashMismatch,
    NotAllowed,
    NotFound,
)
from inspection.domain.visits.draft import (
    KEPT_AFTER,
    MOST_DEVICES,
    MOST_DRAFTS,
    DraftBody,
    changed_at,
    read_draft,
)
from inspection.domain.visits.visit import content_hash, is_address
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.photos import photo_rows
from inspection.persistence.visits import draft_copies, draft_lists
from inspection.persistence.visits.draft_copies import (
    CopyBody,
    DraftCopyRow,
    KeptCopy,
    KnownDraft,
)
from inspection.persistence.visits.draft_lists import ListedCopy
from inspection.services.tools import Tools


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """A copy on its way in: where it was sent, under which session, and the hash announced."""

    visit: str
    device: str
    session: str
    content: bytes
    announced_hash: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The copy of a device that is kept now. `missing` are its photos that are not here whole."""

    copy: KeptCopy
    owner: str
    missing: tuple[str, ...]


class OpenDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with the copies its devices sent, latest first."""

    visit: str
    attempt: int
    copies: tuple[ListedCopy, ...]

    @property
    def facts(self) -> ListedCopy:
        """What all copies have in common: assignment, store and owner."""
        return self.copies[0]


async def keep_draft(tools: Tools, actor: Actor, sent: Sent) -> Kept:
    """Keep a device's copy unless a newer one of it is here. Raises DraftSubmitted once the attempt
    was received, NotFound for somebody else's visit, and others.
    """
    _allow(actor)
    if not is_address(sent.visit, 1):
        raise NotFound(noun="draft")
    if content_hash(sent.content) != sent.announced_hash:
        raise HashMismatch
    body = read_draft(sent.content, sent.visit, sent.device)
    known = await draft_copies.find_draft(sent.visit, body.assignment)
    _check(actor, known, body)
    copy = await draft_copies.find_copy(sent.visit, sent.device)
    if copy is not None and known.owner is not None and not _is_newer(body, copy):
        await _note_session(sent, copy)
        return Kept(copy=copy, owner=known.owner, missing=await _missing(actor, copy))
    row = _row(tools, actor, sent, body)
    is_new = copy is None or copy.discarded_at is not None
    kept, owner = await in_one_trip(lambda: _keep(row, body.assignment, is_new=is_new))
    return Kept(copy=kept, owner=owner, missing=await _missing(actor, kept))


async def open_drafts(actor: Actor) -> tuple[OpenDraft, ...]:
    """The actor's drafts that were neither submitted nor thrown away, latest first."""
    _allow(actor)
    return _grouped(await draft_lists.list_open(actor.account))


async def draft_body(actor: Actor, visit: str, device: str) -> CopyBody:
    """A copy of the actor's as it was sent, also for 30 days after its end. Raises NotFound."""
    _allow(actor)
    if (found := await draft_copies.find_body(actor.account, visit, device)) is None:
        raise NotFound(noun="draft")
    return found


async def take_over(tools: Tools, actor: Actor, visit: str, device: str) -> OpenDraft:
    """Let another device go on with a draft; what the others sent stays. Raises NotFound."""
    _allow(actor)
    async with tx():
        copies = await draft_lists.list_copies(actor.account, visit)
        if not copies:
            raise NotFound(noun="draft")
        if await draft_copies.change_owner(actor.account, visit, device):
            body = {"from": copies[0].owner, "to": device}
            await _record(tools, actor, "draft.take_over", visit, body)
        (draft,) = _grouped(await draft_lists.list_copies(actor.account, visit))
    return draft


async def discard_draft(tools: Tools, actor: Actor, visit: str, device: str) -> None:
    """Throw a device's copy away; it comes back with that device's next save. Raises NotFound."""
    _allow(actor)
    async with tx():
        discarded = await draft_copies.discard_copy(actor.account, visit, device, tools.now())
        if discarded:
            await _record(tools, actor, "draft.discard", visit, {"device": device})
    if not discarded and await draft_copies.find_body(actor.account, visit, device) is None:
        raise NotFound(noun="draft")


async def forget_drafts(tools: Tools) -> int:
    """Remove copies that ended 30 days ago; how many."""
    return await draft_copies.forget_copies(tools.now() - KEPT_AFTER)


def _allow(actor: Actor) -> None:
    if not granted(actor.role, Action.DRAFT_KEEP):
        raise NotAllowed


def _check(actor: Actor, known: KnownDraft, body: DraftBody) -> None:
    for whose in (known.account, known.visit_inspector):
        if whose is not None and whose != actor.account:
            raise NotFound(noun="draft")
    if known.visit_attempt is not None and known.visit_attempt >= body.attempt:
        raise DraftSubmitted
    own = may(actor, Action.DRAFT_KEEP, Place(inspector=known.assignment_inspector))
    if known.account is None and not own:
        raise DraftRefused(faults=(Fault("/assignment", "visit.assignment_unknown"),))
    if known.assignment is not None and known.assignment != body.assignment:
        code = "draft.assignment_differs"
        raise DraftRefused(faults=(Fault("/assignment", code, expected=known.assignment),))


def _is_newer(body: DraftBody, copy: KeptCopy) -> bool:
    return (body.attempt, body.saves) > (copy.attempt, copy.saves)


def _row(tools: Tools, actor: Actor, sent: Sent, body: DraftBody) -> DraftCopyRow:
    now = tools.now()
    return DraftCopyRow(
        id=tools.new_id(),
        visit_id=sent.visit,
        device=sent.device,
        account=actor.account,
        attempt=body.attempt,
        saves=body.saves,
        app=body.app,
        changed_at=changed_at(body, now),
        received_at=now,
        content_hash=sent.announced_hash,
        photo_count=len(body.photos),
        photos=msgspec.json.encode(body.photos).decode(),
        session=sent.session,
        body=sent.content,
    )


async def _keep(row: DraftCopyRow, assignment: str, *, is_new: bool) -> tuple[KeptCopy, str]:
    """Write the copy, and read what is kept then: another request may have been faster."""
    begun = await draft_copies.begin_draft(row, assignment)
    if begun.account != row.account:
        raise NotFound(noun="draft")
    if await draft_copies.keep_copy(row) and is_new:
        await _check_room(row)
    return await draft_copies.get_copy(row.visit_id, row.device), begun.owner


async def _check_room(row: DraftCopyRow) -> None:
    if await draft_lists.count_open(row.account) > MOST_DRAFTS:
        raise DraftsTooMany(most=MOST_DRAFTS)
    if await draft_copies.count_devices(row.visit_id) > MOST_DEVICES:
        raise DraftDevicesTooMany(most=MOST_DEVICES)


async def _note_session(sent: Sent, copy: KeptCopy) -> None:
    # The same phone after signing in again: should it lose its storage, it must know itself.
    if copy.content_hash == sent.announced_hash and copy.session != sent.session:
        await draft_copies.note_session(sent.visit, sent.device, copy.content_hash, sent.session)


async def _missing(actor: Actor, copy: KeptCopy) -> tuple[str, ...]:
    photos = msgspec.json.decode(copy.photos, type=tuple[str, ...])
    here = await photo_rows.find_here(photos, actor.account) if photos else frozenset()
    return tuple(dict.fromkeys(photo for photo in photos if photo not in here))


def _grouped(copies: Iterable[ListedCopy]) -> tuple[OpenDraft, ...]:
    # They come latest first: within a draft the latest stays first, and so do the drafts.
    drafts: dict[str, list[ListedCopy]] = {}
    for copy in copies:
        drafts.setdefault(copy.visit_id, []).append(copy)
    return tuple(
        OpenDraft(visit=visit, attempt=max(copy.attempt for copy in found), copies=tuple(found))
        for visit, found in drafts.items()
    )


async def _record(
    tools: Tools, actor: Actor, action: str, visit: str, body: Mapping[str, object]
) -> None:
    await audit.append(
        at=tools.now(), actor=actor.account, action=action, noun="draft", noun_id=visit, body=body
    )
