"""Which list somebody asked for: round, kind of store, part of the tree, what it compares to."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.points import Hundredths
from inspection.domain.rankings.ranking import LINE
from inspection.domain.refusals import NotFound
from inspection.domain.rounds.round import Round
from inspection.domain.rubrics.rubric import Rubric, Section
from inspection.persistence.engine import read_tx
from inspection.persistence.people import places
from inspection.persistence.people.places import RegionRow, Scope
from inspection.persistence.rankings import ranked_rounds
from inspection.persistence.rankings.ranked_rounds import RubricUse
from inspection.persistence.rankings.ranking_facts import Stores
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.rankings.tallies import TallyWanted
from inspection.services.rankings.kept_figures import Moment, this_moment
from inspection.services.rankings.ranking_results import ListWanted, Ownership, RankingColumn
from inspection.services.reach import scope_of
from inspection.services.rounds.rounds import chosen_rounds
from inspection.services.rubrics.rubrics import rubric_of


class RankingOf(msgspec.Struct, frozen=True, kw_only=True):
    """The list with its rules. `scope` is empty when the region is the whole tree; `digests` are
    the rubric versions of the kind; `previous` is the round compared with, `earlier` its rubric.
    """

    moment: Moment
    round: Round
    store_kind: str
    region: RegionRow
    scope: Scope
    digests: tuple[str, ...]
    rubric: Rubric
    previous: Round | None
    earlier: Rubric | None
    ownership: Ownership = ""

    @property
    def list(self) -> RankedList:
        """The list in the chosen part of the tree."""
        return RankedList(
            round=self.round.id,
            store_kind=self.store_kind,
            scope=self.scope,
            ownership=self.ownership,
        )

    def tallies(self, *rounds: str) -> TallyWanted:
        """The tallies of its counties, in other rounds too."""
        return TallyWanted(
            rounds=rounds or (self.round.id,),
            store_kind=self.store_kind,
            ownership=self.ownership,
            scope=self.scope,
        )

    @property
    def stores(self) -> Stores:
        """Its stores wherever they are."""
        return self.stores_of(self.round)

    def stores_of(self, other: Round) -> Stores:
        """The same stores in another round."""
        return Stores(other.id, self.store_kind, self.ownership)

    @property
    def line(self) -> Hundredths:
        """What a store of the round must reach to pass."""
        return Hundredths(LINE if self.round.pass_line is None else self.round.pass_line)

    @property
    def columns(self) -> tuple[RankingColumn, ...]:
        """The section columns, each marked comparable or not."""
        return columns_of(self.rubric, self.earlier)

    @property
    def comparable(self) -> bool:
        """Whether a change of the total is a change in points."""
        return self.earlier is None or comparable(self.rubric, self.earlier)


async def ranking_of(actor: Actor, round_code: str, store_kind: str, region: str) -> RankingOf:
    """Find the list, inside `read_tx()`. Raises NotAllowed, or NotFound for what is not there or
    is out of reach.
    """
    asked = scope_of(actor, Action.RANKING_READ, region)
    moment = await this_moment()
    found, previous, node, versions = await _known(moment, round_code, asked)
    used = {(row.round, row.used_for): row.digest for row in versions if row.round}
    kind = _kind(store_kind, found, versions)
    earlier = used.get((previous.id, kind)) if previous else None
    return RankingOf(
        moment=moment,
        round=found,
        store_kind=kind,
        region=node[0],
        scope=node[1],
        digests=_digests(kind, used[found.id, kind], versions),
        rubric=await rubric_of(used[found.id, kind]),
        previous=previous,
        earlier=await rubric_of(earlier) if earlier else None,
    )


async def list_edition(actor: Actor, asked: ListWanted) -> str:
    """What changes whenever a figure of a list or of anything made of it may; cheap to ask. Raises
    what `ranking_of` raises.
    """
    async with read_tx():
        changed = (await list_asked(actor, asked)).moment.changed
    return f"{changed.seq}-{changed.hash}"


async def list_asked(actor: Actor, asked: ListWanted) -> RankingOf:
    """The same for what somebody asked, with the ownership asked for."""
    found = await ranking_of(actor, asked.round, asked.store_kind, asked.region_path)
    return msgspec.structs.replace(found, ownership=asked.ownership)


async def _known(
    moment: Moment, round_code: str, asked: Scope
) -> tuple[Round, Round | None, tuple[RegionRow, Scope], tuple[RubricUse, ...]]:
    found, previous = await moment.fact(
        ("rounds", round_code, asked.path),
        lambda: chosen_rounds(round_code, asked.path),
        # Which round is the latest with results, a first result decides.
        lasting=bool(round_code),
    )
    node = await moment.fact(
        ("region", asked.path, asked.within),
        lambda: places.find_region(asked.path, asked.within),
        lasting=True,
    )
    if node is None:
        raise NotFound(noun="region")
    rounds = (found.id, previous.id) if previous else (found.id,)
    versions = await moment.fact(
        ("rubrics", rounds), lambda: ranked_rounds.rubrics_of(rounds), lasting=True
    )
    return found, previous, node, versions


def _kind(wanted: str, found: Round, versions: tuple[RubricUse, ...]) -> str:
    """The wanted kind of store; where it is none of this round, the first the round has: whoever
    goes from round to round keeps the kind they looked at. Raises NotFound for no kind at all.
    """
    kinds = [row.used_for for row in versions if row.round == found.id and row.used_for]
    known = not wanted or any(row.store_kind == wanted for row in versions)
    if not kinds or not known:
        raise NotFound(noun="rubric")
    return wanted if wanted in kinds else kinds[0]


def _digests(kind: str, pinned: str, versions: tuple[RubricUse, ...]) -> tuple[str, ...]:
    same_kind = (version.digest for version in versions if version.store_kind == kind)
    return tuple(dict.fromkeys((pinned, *same_kind)))


def columns_of(rubric: Rubric, earlier: Rubric | None) -> tuple[RankingColumn, ...]:
    """The columns of a rubric beside those of the rubric compared with."""
    known = {section.code: section for section in earlier.sections} if earlier else None
    return tuple(
        RankingColumn(
            section=section.code,
            title=section.title,
            short=section.short,
            full=section.full,
            comparable=known is None or _same(section, known.get(section.code)),
        )
        for section in rubric.sections
    )


def comparable(rubric: Rubric, earlier: Rubric) -> bool:
    """Whether a change of the total is a change in points."""
    return len(earlier.sections) == len(rubric.sections) and all(
        column.comparable for column in columns_of(rubric, earlier)
    )


def _same(section: Section, earlier: Section | None) -> bool:
    """Whether points lost in one mean the same as points lost in the other."""
    if earlier is None or earlier.full != section.full:
        return False
    return _marks(section) == _marks(earlier)


def _marks(section: Section) -> frozenset[tuple[str, int]]:
    return frozenset((item.code, item.full) for item in section.items)
