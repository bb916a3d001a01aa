"""Drafting rounds and changing them before, and a little after, they are approved."""

from collections.abc import Iterator
from datetime import date

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import Fault, RoundChanged, RoundExists, RoundRefused
from inspection.domain.rounds.round import RoundMove, RoundState, move
from inspection.domain.rounds.round_plan import (
    RoundPlan,
    plan_faults,
    window_faults,
    wording_faults,
)
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.people import places
from inspection.persistence.rounds import plans, round_rows
from inspection.persistence.rounds.plans import RoundEntry, RoundRubricEntry
from inspection.services.changes import changes, record
from inspection.services.reach import check_granted
from inspection.services.rounds.round_access import held_round
from inspection.services.rounds.round_plans import entry_of
from inspection.services.tools import Tools

BESIDE = frozenset({"id", "authors", "revision", "created_at"})
"""Fields of a round that say nothing to whoever reads what was changed."""


class Amendment(msgspec.Struct, frozen=True, kw_only=True):
    """What may still change in an open round: nothing that a score or a place depends on."""

    name: Text
    theme: Text
    ends_on: date


async def draft_round(tools: Tools, actor: Actor, plan: RoundPlan) -> str:
    """Keep a new draft; its id. Raises RoundRefused, RoundExists, or NotFound for the previous."""
    check_granted(actor, Action.ROUND_EDIT)
    try:
        async with tx():
            entry = await _entry(tools, actor, plan)
            pinned = await _pinned(tools, entry.id, plan)
            await plans.add_round(entry, pinned)
            body = {"code": plan.code, "changes": _changes(None, entry, {}, _used(pinned))}
            await record(tools, actor, "round.draft", ("round", entry.id), body)
    except UniqueBroken:
        raise RoundExists(round=plan.code) from None
    return entry.id


async def edit_round(tools: Tools, actor: Actor, code: str, plan: RoundPlan, seen: int) -> None:
    """Keep a draft's new words and rules; `seen` is the revision the page showed. Raises
    RoundChanged, MoveRefused once it was submitted, and what `draft_round` raises.
    """
    try:
        async with tx():
            before = await held_round(actor, Action.ROUND_EDIT, code)
            state = move(RoundState(before.state), RoundMove.EDIT)
            check_seen(before, seen)
            after = msgspec.structs.replace(
                await _entry(tools, actor, plan),
                id=before.id,
                state=state.value,
                created_at=before.created_at,
                schedule=before.schedule,
                **signed(before, actor),
            )
            await _rewrite(tools, actor, before, after, plan)
    except UniqueBroken:
        raise RoundExists(round=plan.code) from None


async def amend_round(
    tools: Tools, actor: Actor, code: str, amendment: Amendment, seen: int
) -> None:
    """Change the wording of an open round, or let it last longer. Raises RoundChanged,
    RoundRefused, MoveRefused.
    """
    async with tx():
        before = await held_round(actor, Action.ROUND_EDIT, code)
        move(RoundState(before.state), RoundMove.AMEND)
        check_seen(before, seen)
        if faults := tuple(_amendment_faults(before, amendment)):
            raise RoundRefused(faults=faults)
        after = msgspec.structs.replace(
            before,
            name_zh=amendment.name.zh,
            name_en=amendment.name.en,
            theme_zh=amendment.theme.zh,
            theme_en=amendment.theme.en,
            ends_on=amendment.ends_on,
            revision=before.revision + 1,
        )
        await round_rows.write_round(after)
        body = {"code": code, "changes": changes(before, after, BESIDE)}
        await record(tools, actor, "round.amend", ("round", before.id), body)


def _amendment_faults(before: RoundEntry, amendment: Amendment) -> Iterator[Fault]:
    yield from wording_faults(amendment.name, amendment.theme)
    if amendment.ends_on < before.ends_on:
        yield Fault("/to", "round.end_earlier", last=before.ends_on)
    elif amendment.ends_on > before.ends_on:
        yield from window_faults(before.starts_on, amendment.ends_on)


def check_seen(found: RoundEntry, seen: int) -> None:
    """Raises RoundChanged when the page showed another revision."""
    if found.revision != seen:
        raise RoundChanged


def signed(found: RoundEntry, actor: Actor) -> dict[str, object]:
    """The authors and the revision of a round this person has now changed."""
    authors = {*authors_of(found), str(actor.account)}
    return {
        "authors": msgspec.json.encode(sorted(authors)).decode(),
        "revision": found.revision + 1,
    }


def authors_of(found: RoundEntry) -> frozenset[str]:
    """Everybody who had a hand in the draft."""
    return frozenset(msgspec.json.decode(found.authors, type=list[str]))


async def rubric_faults(digests: tuple[str, ...]) -> tuple[Fault, ...]:
    """What keeps a round from scoring by these versions: one per kind, published, not withdrawn."""
    usable = {rubric.digest: rubric for rubric in await round_rows.usable_rubrics()}
    kinds = [usable[digest].store_kind for digest in digests if digest in usable]
    faults = []
    if not digests:
        faults.append(Fault("/rubric", "round.rubric_none"))
    if len(kinds) < len(digests):
        faults.append(Fault("/rubric", "round.rubric_gone"))
    if len(set(kinds)) < len(kinds):
        faults.append(Fault("/rubric", "round.rubric_twice"))
    return tuple(faults)


async def _check(actor: Actor, plan: RoundPlan, region_path: str) -> None:
    faults = (
        *plan_faults(plan),
        *await rubric_faults(plan.rubrics),
        *await _region_faults(actor, region_path),
    )
    if faults:
        raise RoundRefused(faults=faults)


async def _entry(tools: Tools, actor: Actor, plan: RoundPlan) -> RoundEntry:
    region_path = plan.region_path or actor.region_path
    await _check(actor, plan, region_path)
    entry = await entry_of(tools, plan, RoundState.DRAFT)
    authors = msgspec.json.encode([actor.account]).decode()
    return msgspec.structs.replace(entry, region_path=region_path, authors=authors)


async def _region_faults(actor: Actor, path: str) -> tuple[Fault, ...]:
    within = may(actor, Action.ROUND_EDIT, Place(region_path=path))
    if within and await places.find_region(path) is not None:
        return ()
    return (Fault("/region", "round.region_unknown"),)


async def _pinned(tools: Tools, round_id: str, plan: RoundPlan) -> list[RoundRubricEntry]:
    usable = await round_rows.usable_rubrics()
    return [
        RoundRubricEntry(
            id=tools.new_id(),
            round=round_id,
            store_kind=rubric.store_kind,
            rubric_version=rubric.digest,
        )
        for rubric in usable
        if rubric.digest in plan.rubrics
    ]


async def _rewrite(
    tools: Tools, actor: Actor, before: RoundEntry, after: RoundEntry, plan: RoundPlan
) -> None:
    used = await plans.rubrics_of(before.id)
    pinned = await _pinned(tools, before.id, plan)
    await round_rows.write_round(after)
    await round_rows.repin_rubrics(before.id, pinned)
    body = {"code": after.code, "changes": _changes(before, after, used, _used(pinned))}
    await record(tools, actor, "round.edit", ("round", before.id), body)


def _used(pinned: list[RoundRubricEntry]) -> dict[str, str]:
    return {rubric.store_kind: rubric.rubric_version for rubric in pinned}


def _changes(
    before: RoundEntry | None, after: RoundEntry, used: dict[str, str], uses: dict[str, str]
) -> dict[str, list[object]]:
    found = changes(before, after, BESIDE)
    if used != uses:
        found["rubrics"] = [used, uses]
    return found
