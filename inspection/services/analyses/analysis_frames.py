"""What every analysis of a round stands on: the list it is about and what is said above it."""

from collections.abc import Iterator, Sequence

import msgspec

from inspection.domain.access import Actor
from inspection.domain.rounds.round import Round
from inspection.persistence.rankings import ranked_rounds
from inspection.services.people.places import RegionLabel, RoundLabel, region_label
from inspection.services.rankings.ranking_lists import RankingOf
from inspection.services.rankings.ranking_results import Ownership
from inspection.services.rounds.rounds import round_label

MOST_ROUNDS = 20


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """Round, kind, ownership and region an analysis is of."""

    round: RoundLabel
    previous: RoundLabel | None
    store_kind: str
    ownership: Ownership
    region: RegionLabel


def frame_of(of: RankingOf) -> Frame:
    """What pages say about the list."""
    return Frame(
        round=round_label(of.round),
        previous=round_label(of.previous) if of.previous else None,
        store_kind=of.store_kind,
        ownership=of.ownership,
        region=region_label(of.region),
    )


async def rounds_of(of: RankingOf, actor: Actor) -> tuple[Round, ...]:
    """Every round the reader may see, the latest first."""
    return await of.moment.fact(
        ("rounds seen", actor.region_path), lambda: ranked_rounds.list_rounds(actor.region_path)
    )


async def kinds_used(of: RankingOf, rounds: Sequence[Round]) -> dict[str, str]:
    """The digest of the rubric each of these rounds uses for the kind of store asked for."""
    ids = tuple(sorted(each.id for each in rounds))
    used = await of.moment.fact(
        ("rubrics", ids), lambda: ranked_rounds.rubrics_of(ids), lasting=True
    )
    return {row.round: row.digest for row in used if row.round and row.used_for == of.store_kind}


def nearest(rounds: Sequence[Round], to: str, choices: Sequence[Round]) -> Round | None:
    """Of some rounds of a list the one closest to another in it; of two the later one."""
    place = {each.id: number for number, each in enumerate(rounds)}
    return min(choices, key=lambda each: abs(place[each.id] - place[to]), default=None)


def chain(rounds: Sequence[Round], last: str, most: int = MOST_ROUNDS) -> tuple[Round, ...]:
    """A round and those it looks back on, the earliest first."""
    return tuple(reversed(tuple(_back(rounds, last))[:most]))


def _back(rounds: Sequence[Round], last: str) -> Iterator[Round]:
    known = {each.id: each for each in rounds}
    at = known.pop(last, None)
    while at is not None:
        yield at
        at = known.pop(at.previous or "", None)
