"""What a ruling would do, before anybody rules: done in earnest in a transaction that is undone."""

from contextlib import suppress

from inspection.domain.access import Actor
from inspection.domain.appeals.appeal import AppealMove
from inspection.domain.appeals.appeal_effect import Effect, StandsAt, between
from inspection.domain.refusals import NotFound
from inspection.domain.rounds.round import RoundState
from inspection.persistence.appeals import appeal_effects
from inspection.persistence.appeals.appeals import AppealRow
from inspection.persistence.engine import tx
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.reviews import reviews
from inspection.services.appeals.appeal_rulings import Disputed, Ruling, apply, disputed, lost_in
from inspection.services.reviews.corrections import Corrected
from inspection.services.tools import Tools

TRIED = "—"
"""The reason of what is undone before anybody could read it."""


async def effect_of(
    tools: Tools, actor: Actor, row: AppealRow, verdict: AppealMove, choice: str = ""
) -> Effect | None:
    """What the verdict would do; None in a locked round, where only rejecting is left. Raises
    AppealPartUnfit.
    """
    if verdict is not AppealMove.REJECT and row.round_state is RoundState.LOCKED:
        return None
    ruling = Ruling(verdict=verdict, reason=TRIED, choice=choice)
    found: list[Effect] = []
    with suppress(_Undone):
        async with tx():
            found.append(await _tried(tools, actor, row, ruling))
            _undo()
    return found[0]


def _undo() -> None:
    raise _Undone


async def _tried(tools: Tools, actor: Actor, row: AppealRow, ruling: Ruling) -> Effect:
    visit = await reviews.lock_visit(row.visit)
    if visit is None:
        raise NotFound(noun="visit")
    ranking = RankedList(round=row.round, store_kind=row.store_kind)
    before, found = await appeal_effects.stands_at(ranking, row.store), await disputed(row)
    corrected = await apply(tools, actor, visit, row, ruling)
    after = await appeal_effects.stands_at(ranking, row.store)
    falls, rises = between(before.key, after.key)
    return _effect(
        row,
        found,
        corrected,
        (before, after),
        (
            await appeal_effects.others_between(ranking, row.store, falls),
            await appeal_effects.others_between(ranking, row.store, rises),
        ),
    )


def _effect(
    row: AppealRow,
    found: Disputed,
    corrected: Corrected | None,
    stands: tuple[StandsAt, StandsAt],
    moved: tuple[int, int],
) -> Effect:
    card = corrected.new if corrected else found.card
    lost = lost_in(card, row.item)
    before, after = stands
    return Effect(
        lost=(found.lost, lost),
        score=(found.card.total, card.total),
        place=(before.place, after.place),
        mean=(before.mean, after.mean),
        ranked=after.ranked,
        falls=moved[0],
        rises=moved[1],
        closes_line=corrected is not None and not lost,
    )


class _Undone(Exception):
    """Ends the transaction before anything of it is kept."""
