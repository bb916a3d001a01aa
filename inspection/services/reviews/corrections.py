"""Correcting what was found on a visit: the fact changes, the score follows, both are kept."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.domain.access import Actor
from inspection.domain.points import plain
from inspection.domain.refusals import CardUnpublishable, MoveRefused, NotFound
from inspection.domain.rescores.rescore import Change
from inspection.domain.reviews.correction import CorrectionSource, ItemCorrection
from inspection.domain.reviews.correction import corrections as corrected_by
from inspection.domain.rounds.round import RoundState
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.visit import COUNTED, VisitState
from inspection.persistence.audit import audit
from inspection.persistence.rescores import rescore_visits
from inspection.persistence.reviews import corrections
from inspection.persistence.reviews.corrections import CorrectionRow
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.persistence.scoring import scored_visits
from inspection.services.notices.notice_following import NOTHING, Followed, follow_card
from inspection.services.rankings.standings import refresh_standing
from inspection.services.rescores.card_revisions import write_revision
from inspection.services.rescores.rescore_judging import Judgement, Rules, judge
from inspection.services.rescores.rescore_records import NOTICE_ACTIONS
from inspection.services.rubrics.rubrics import known_rubric
from inspection.services.tools import Tools

_ENCODER = msgspec.json.Encoder()


class Corrected(msgspec.Struct, frozen=True, kw_only=True):
    """What a correction did: both cards, the rows kept, what became of the visit's notice."""

    visit: str
    attempt: int
    revision: int
    source: CorrectionSource
    old: Scorecard
    new: Scorecard
    rows: tuple[CorrectionRow, ...]
    followed: Followed


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """What corrections would make of a visit: the judgement, and the edits as they would be kept
    with the answers they replace.
    """

    rules: Rules
    judgement: Judgement
    edits: tuple[ItemCorrection, ...]
    known: Mapping[str, Answer]
    card: Scorecard


async def correct(
    tools: Tools,
    actor: Actor,
    visit: ReviewedVisit,
    edits: tuple[ItemCorrection, ...],
    source: CorrectionSource = CorrectionSource.REVIEW,
) -> Corrected:
    """Correct items of a visit whose row the caller's transaction holds, and score it again; a
    visit that counts already moves its standing and its notice. Who may is for the caller to ask.
    Call `record_correction` last in the transaction. Refuses what does not fit or changes nothing.
    """
    if visit.round_state is RoundState.LOCKED or visit.state is VisitState.LOCKED:
        raise MoveRefused(noun="round", state=RoundState.LOCKED.value, move="correct")
    proposed = await propose(visit, edits)
    at = tools.now()
    rows = _rows(tools, actor, proposed, source, at)
    await corrections.add_corrections(rows)
    await write_revision(tools, proposed.rules.after, proposed.judgement, proposed.card, at)
    return Corrected(
        visit=visit.visit,
        attempt=visit.attempt,
        revision=proposed.judgement.row.revision + 1,
        source=source,
        old=proposed.judgement.old,
        new=proposed.card,
        rows=rows,
        followed=await _follow(tools, actor, visit, proposed, at),
    )


async def propose(visit: ReviewedVisit, edits: tuple[ItemCorrection, ...]) -> Proposed:
    """What these corrections would come to; nothing is written. Refuses as `correct` does."""
    row = await rescore_visits.find_to_judge(visit.visit)
    if row is None:
        raise NotFound(noun="visit")
    rules = await _rules(visit)
    known = await scored_visits.answers_of(visit.visit)
    made = corrected_by(rules.after.rubric, known, edits)
    answers = {edit.answer.item: edit.answer for edit in made}
    (judgement,) = await judge(rules, [row], answers)
    if judgement.new.card is None:
        raise CardUnpublishable
    return Proposed(
        rules=rules, judgement=judgement, edits=made, known=known, card=judgement.new.card
    )


async def record_correction(tools: Tools, actor: Actor, corrected: Corrected) -> None:
    """Write into the log what was corrected, after everything else of the transaction."""
    await audit.append(
        at=tools.now(),
        actor=actor.account,
        action="visit.correct",
        noun="visit",
        noun_id=corrected.visit,
        body={
            "attempt": corrected.attempt,
            "revision": corrected.revision,
            "source": corrected.source.value,
            "old": _points(corrected.old),
            "new": _points(corrected.new),
            "reason": " / ".join(dict.fromkeys(row.reason for row in corrected.rows)),
            "items": " ".join(row.item for row in corrected.rows),
            "changes": {row.item: [row.old_answer, row.new_answer] for row in corrected.rows},
        },
    )
    if corrected.followed.body:
        await audit.append(
            at=tools.now(),
            actor=actor.account,
            action=NOTICE_ACTIONS[corrected.followed.what],
            noun="notice",
            noun_id=corrected.followed.notice,
            body=corrected.followed.body,
        )


async def _rules(visit: ReviewedVisit) -> Rules:
    """The version the visit is judged by, on both sides."""
    rubric = await known_rubric(visit.rubric_version)
    facts = await rescore_visits.round_facts(visit.round)
    return Rules(before=rubric, after=rubric, starts_on=facts.starts_on)


async def _follow(
    tools: Tools, actor: Actor, visit: ReviewedVisit, proposed: Proposed, at: datetime
) -> Followed:
    if visit.state not in COUNTED:
        return NOTHING
    if proposed.judgement.change is Change.CHANGED:
        await refresh_standing(visit.round, visit.store, at)
    corrected = frozenset(edit.answer.item for edit in proposed.edits)
    return await follow_card(tools, actor, visit.visit, proposed.card, corrected)


def _rows(
    tools: Tools, actor: Actor, proposed: Proposed, source: CorrectionSource, at: datetime
) -> tuple[CorrectionRow, ...]:
    row = proposed.judgement.row
    old = {score.item: score.lost for score in proposed.judgement.old.items}
    new = {score.item: score.lost for score in proposed.card.items}
    return tuple(
        CorrectionRow(
            id=tools.new_id(),
            visit=row.visit,
            attempt=row.attempt,
            revision=row.revision + 1,
            item=edit.answer.item,
            old_answer=_text(proposed.known[edit.answer.item]),
            new_answer=_text(edit.answer),
            old_lost=old[edit.answer.item],
            new_lost=new[edit.answer.item],
            reason=edit.reason,
            source=source.value,
            corrected_by=actor.account,
            corrected_at=at,
        )
        for edit in proposed.edits
    )


def _points(card: Scorecard) -> str:
    return "" if card.total is None else plain(card.total)


def _text(answer: Answer) -> str:
    return _ENCODER.encode(answer).decode()
