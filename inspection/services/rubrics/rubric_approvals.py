"""Four eyes on a rubric: submitted by who wrote it, decided by somebody else, then published."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.plain_text import plain
from inspection.domain.refusals import (
    Fault,
    RubricDraftBehind,
    RubricDraftFaulty,
    RubricDraftUnchanged,
    RubricOwnDraft,
    RubricVetoReasonMissing,
)
from inspection.domain.rubrics import rubric_digest
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.rubrics.rubric_document import check_document
from inspection.domain.rubrics.rubric_draft import MOST_REASON, DraftMove, move
from inspection.persistence.engine import tx
from inspection.persistence.rubrics import rubric_decisions, rubric_drafts, rubrics
from inspection.persistence.rubrics.rubric_decisions import Decision, DecisionRow
from inspection.persistence.rubrics.rubric_drafts import DraftRow
from inspection.services.changes import record
from inspection.services.overtaking import look_again
from inspection.services.rubrics.rubric_bodies import document_in
from inspection.services.rubrics.rubric_drafts import check_seen
from inspection.services.rubrics.rubric_reach import NOUN, held
from inspection.services.rubrics.rubric_tellings import tell_draft_decided, tell_draft_waits
from inspection.services.rubrics.rubrics import PublishedRubric, add_version, note_version
from inspection.services.tools import Tools


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decides about a draft at the version `seen`. A veto says why."""

    decision: Decision
    seen: int
    reason: str = ""


async def submit_draft(tools: Tools, actor: Actor, draft: str, seen: int) -> None:
    """Ask for a decision. Raises RubricDraftFaulty naming every fault, RubricDraftUnchanged,
    RubricDraftBehind, RubricDraftChanged or MoveRefused.
    """
    async with tx():
        row = await held(actor, Action.RUBRIC_DRAFT_EDIT, draft)
        state = move(row.state, DraftMove.SUBMIT)
        await check_seen(row, seen)
        await _publishable(row)
        after = msgspec.structs.replace(
            row, state=state, submitted_at=tools.now(), submitted_by=actor.account
        )
        await tell_draft_waits(tools, actor, after)
        await _move(tools, actor, DraftMove.SUBMIT, row, after)


async def recall_draft(tools: Tools, actor: Actor, draft: str) -> None:
    """Take a submission back, or an approval that was not used. Raises MoveRefused."""
    async with tx():
        row = await held(actor, Action.RUBRIC_DRAFT_EDIT, draft)
        after = msgspec.structs.replace(row, state=move(row.state, DraftMove.RECALL))
        await _move(tools, actor, DraftMove.RECALL, row, after)


async def decide_draft(tools: Tools, actor: Actor, draft: str, judgement: Judgement) -> None:
    """Approve a draft or veto it. Raises RubricOwnDraft for whoever wrote in it,
    RubricVetoReasonMissing, RubricDraftChanged or MoveRefused.
    """
    wanted = DraftMove(judgement.decision)
    reason = plain(judgement.reason, "reason", MOST_REASON)
    async with tx():
        row = await held(actor, Action.RUBRIC_DRAFT_DECIDE, draft)
        state = move(row.state, wanted)
        if row.written_by(actor.account):
            raise RubricOwnDraft
        await check_seen(row, judgement.seen)
        if wanted is DraftMove.VETO and not reason:
            raise RubricVetoReasonMissing(faults=(Fault("/reason", "rubric_draft.reason_missing"),))
        decision = DecisionRow(
            id=tools.new_id(),
            draft=draft,
            decision=judgement.decision,
            reason=reason,
            saves=row.saves,
            account=actor.account,
            decided_at=tools.now(),
        )
        await rubric_decisions.add_decision(decision)
        await tell_draft_decided(tools, actor, row, state.value)
        await _move(tools, actor, wanted, row, msgspec.structs.replace(row, state=state), reason)


async def publish_draft(tools: Tools, actor: Actor, draft: str) -> PublishedRubric:
    """Make an approved draft the version in force. Raises MoveRefused, RubricDraftBehind,
    RubricDraftUnchanged or RubricDraftFaulty.
    """

    async def decide() -> PublishedRubric:
        async with tx():
            return await _publish(tools, actor, draft)

    return await look_again(decide)


async def rebase_draft(tools: Tools, actor: Actor, draft: str, seen: int) -> None:
    """Go on from the version in force, after looking at what is different: what the draft says
    stays. Raises RubricDraftChanged or MoveRefused.
    """
    async with tx():
        row = await held(actor, Action.RUBRIC_DRAFT_EDIT, draft)
        move(row.state, DraftMove.EDIT)
        await check_seen(row, seen)
        latest = await rubrics.version_in_force(row.code)
        base = latest.digest if latest else None
        await rubric_drafts.change_draft(msgspec.structs.replace(row, based_on=base))
        facts = {"code": row.code, "changes": {"based_on": [row.based_on, base]}}
        await record(tools, actor, "rubric_draft.rebase", (NOUN, draft), facts)


async def _publish(tools: Tools, actor: Actor, draft: str) -> PublishedRubric:
    row = await held(actor, Action.RUBRIC_DRAFT_EDIT, draft)
    state = move(row.state, DraftMove.PUBLISH)
    await rubrics.lock_versions(row.code)
    rubric = await _publishable(row)
    before = await rubrics.version_in_force(row.code)
    version = await add_version(tools, rubric, actor)
    after = msgspec.structs.replace(row, state=state, published=version.digest)
    await rubric_drafts.change_draft(after)
    await note_version(tools, version, actor, before)
    changes = {"state": [row.state, state], "published": [None, version.digest]}
    facts = {"code": row.code, "number": version.number, "changes": changes}
    await record(tools, actor, "rubric_draft.publish", (NOUN, draft), facts)
    return PublishedRubric(
        digest=version.digest, code=version.code, number=version.number, is_new=True
    )


async def _publishable(row: DraftRow) -> Rubric:
    """The rubric a draft has become. Raises what keeps it from being a version."""
    checked = check_document(document_in(row))
    if checked.rubric is None:
        faults = tuple(Fault(f"/{f.path}", f.code, **f.facts) for f in checked.faults)
        raise RubricDraftFaulty(faults=faults, count=len(faults))
    if same := await rubrics.find_version(rubric_digest.digest(checked.rubric)):
        raise RubricDraftUnchanged(rubric=same.code, number=same.number)
    latest = await rubrics.version_in_force(row.code)
    if latest is not None and latest.digest != row.based_on:
        raise RubricDraftBehind(number=latest.number)
    return checked.rubric


async def _move(
    tools: Tools,
    actor: Actor,
    moved: DraftMove,
    before: DraftRow,
    after: DraftRow,
    reason: str = "",
) -> None:
    await rubric_drafts.change_draft(after)
    changes = {"state": [before.state, after.state]}
    facts = {"code": after.code, "saves": after.saves, "reason": reason, "changes": changes}
    await record(tools, actor, f"rubric_draft.{moved}", (NOUN, after.id), facts)
