"""Judging the visits of a re-score, a page at a time: the same for a dry run and for writing."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from inspection.domain.rescores.rescore import (
    Change,
    Facts,
    Rejudged,
    change_of,
    features_then,
    rejudged,
    same_facts,
)
from inspection.domain.reviews.correction import amended
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring.answers import NOTHING_EARLIER, Answer, Answers, EarlierFindings
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.rescores import rescore_visits
from inspection.persistence.rescores.rescore_lines import LineRow
from inspection.persistence.rescores.rescore_visits import VisitToJudge
from inspection.persistence.rescores.rescores import RescoreFound
from inspection.persistence.reviews import corrections
from inspection.persistence.rounds import rounds
from inspection.services.rubrics.rubrics import KnownRubric, known_rubric, rubric_of
from inspection.services.tools import Tools
from inspection.services.visits.visits import NO_REPEAT

_CARD = msgspec.json.Decoder(Scorecard)
_ENCODER = msgspec.json.Encoder()


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """Both versions, and the day before which findings are earlier ones."""

    before: KnownRubric
    after: KnownRubric
    starts_on: date


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with the card it has and what the other version makes of it. `other_facts`: the card
    it has would not come about again either, because an earlier round was locked or opened since.
    """

    row: VisitToJudge
    old: Scorecard
    new: Rejudged
    change: Change
    other_facts: bool

    @property
    def new_digest(self) -> str:
        """Names what the new card follows from; empty where there is none."""
        return self.new.card.inputs_digest if self.new.card else ""


class _Sent(msgspec.Struct, frozen=True):
    """What of a submission is judged."""

    answers: tuple[Answer, ...]
    bonuses: tuple[str, ...] = ()


_SENT = msgspec.json.Decoder(_Sent)


async def rules_of(found: RescoreFound) -> Rules:
    """What a re-score judges by."""
    facts = await rescore_visits.round_facts(found.round)
    return Rules(
        before=await known_rubric(found.from_version),
        after=await known_rubric(found.to_version),
        starts_on=facts.starts_on,
    )


NOTHING_PROPOSED: Mapping[str, Answer] = {}


async def judge(
    rules: Rules, rows: Sequence[VisitToJudge], proposed: Mapping[str, Answer] = NOTHING_PROPOSED
) -> tuple[Judgement, ...]:
    """What the other version makes of these visits: of what was sent, as it was corrected since
    and as it would be by the answers proposed.
    """
    earlier = await _earlier(rules, rows)
    corrected = await corrections.in_force([row.visit for row in rows]) if rows else {}
    judged = []
    for row in rows:
        sent = _SENT.decode(row.submission)
        replaced = {**corrected.get((row.visit, row.attempt), {}), **proposed}
        answers = Answers(amended(sent.answers, replaced), sent.bonuses)
        judged.append(await _judged(rules, row, answers, earlier.get(row.store, NOTHING_EARLIER)))
    return tuple(judged)


async def _judged(
    rules: Rules, row: VisitToJudge, answers: Answers, earlier: EarlierFindings
) -> Judgement:
    old = _CARD.decode(row.card)
    first = _CARD.decode(row.first_card) if row.first_card else old
    today = frozenset(msgspec.json.decode(row.features, type=list[str]))
    features = features_then(first, await rubric_of(first.rubric_digest), today)
    before, after = rules.before.rubric, rules.after.rubric
    new = rejudged(after, _facts(after, answers, features, earlier))
    return Judgement(
        row=row,
        old=old,
        new=new,
        change=change_of(old, new.card),
        other_facts=not same_facts(before, _facts(before, answers, features, earlier), old),
    )


def _facts(
    rubric: Rubric, answers: Answers, features: frozenset[str], earlier: EarlierFindings
) -> Facts:
    # As when the visit was received: a rubric that adds nothing for repeats is not told of any.
    told = NOTHING_EARLIER if rubric.repeat_factor == NO_REPEAT else earlier
    return Facts(answers=answers, features=features, earlier=told)


async def _earlier(rules: Rules, rows: Sequence[VisitToJudge]) -> dict[str, EarlierFindings]:
    """What the last locked round found at each store."""
    versions = (rules.before.rubric, rules.after.rubric)
    if not rows or all(version.repeat_factor == NO_REPEAT for version in versions):
        return {}
    stores = tuple(dict.fromkeys(row.store for row in rows))
    code = rules.after.rubric.code
    lost: dict[str, EarlierFindings] = {}
    for found in await rounds.lost_before(stores, rules.starts_on):
        if found.rubric_code == code:
            known = lost.get(found.store, EarlierFindings(found.round))
            lost[found.store] = EarlierFindings(found.round, (*known.items, found.item))
    return lost


def _difference(old: Scorecard, new: Scorecard | None) -> int:
    if new is None or new.total is None or old.total is None:
        return 0
    return new.total - old.total


def line_of(tools: Tools, rescore: str, judgement: Judgement, *, late: bool = False) -> LineRow:
    """The line that tells both judgements."""
    row, old, new = judgement.row, judgement.old, judgement.new.card
    difference = _difference(old, new)
    return LineRow(
        id=tools.new_id(),
        rescore=rescore,
        visit=row.visit,
        store=row.store,
        attempt=row.attempt,
        change=judgement.change.value,
        why=_ENCODER.encode(judgement.new.misfits).decode(),
        old_digest=old.inputs_digest,
        new_digest=judgement.new_digest,
        old_total=old.total,
        new_total=new.total if new else None,
        difference=difference,
        size=abs(difference),
        old_outcome=old.outcome,
        new_outcome=new.outcome if new else "",
        old_band=old.band or "",
        new_band=(new.band if new else "") or "",
        new_rankable=new.rankable if new else old.rankable,
        other_facts=judgement.other_facts,
        late=late,
    )
