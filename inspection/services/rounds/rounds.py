"""Choosing a round: by its code, or the latest."""

from inspection.domain.refusals import NotFound
from inspection.domain.rounds.round import Round
from inspection.persistence.rankings import ranked_rounds
from inspection.services.people.places import RoundLabel


async def chosen_round(code: str, path: str = "") -> Round:
    """The round asked for; the latest when nothing was. Raises NotFound, also for one that has
    nothing to do with that part of the tree.
    """
    found, _ = await chosen_rounds(code, path)
    return found


async def chosen_rounds(code: str, path: str = "") -> tuple[Round, Round | None]:
    """The same with the round it looks back on."""
    found = await ranked_rounds.find_round(code, path)
    if found is None:
        raise NotFound(noun="round")
    return found


def round_label(found: Round) -> RoundLabel:
    """The round as pages name it."""
    return RoundLabel(
        code=found.code,
        name=found.name,
        visit_kind=found.visit_kind,
        state=found.state.value,
        pilot=found.pilot,
    )
