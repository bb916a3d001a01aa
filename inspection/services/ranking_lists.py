"""Which list somebody asked for: round, kind of store, part of the tree, what it compares to."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import NotFound
from inspection.domain.round import Round
from inspection.domain.rubric import Rubric, Section
from inspection.persistence import places, ranked_rounds
from inspection.persistence.places import RegionRow, Scope
from inspection.persistence.ranked_rounds import RubricUse
from inspection.persistence.rankings import RankedList
from inspection.services.ranking_results import RankingColumn
from inspection.services.reach import scope_of
from inspection.services.rounds import chosen_rounds
from inspection.services.rubrics import rubric_of


class RankingOf(msgspec.Struct, frozen=True, kw_only=True):
    """The list with its rules. `scope` is empty when the region is the whole tree; `digests` are
    the rubric versions of the kind; `previous` is the round compared with, `earlier` its rubric.
    """

    round: Round
    store_kind: str
    region: RegionRow
    scope: Scope
    digests: tuple[str, ...]
    rubric: Rubric
    previous: Round | None
    earlier: Rubric | None

    @property
    def list(self) -> RankedList:
        """The list in the chosen part of the tree."""
        return RankedList(round=self.round.id, store_kind=self.store_kind, scope=self.scope)

    @property
    def overall(self) -> RankedList:
        """The list of the whole organisation: places in it are numbers, its rows stay unseen."""
        return RankedList(round=self.round.id, store_kind=self.store_kind)

    @property
    def before(self) -> RankedList | None:
        """The same part of the tree in the round before."""
        if self.previous is None:
            return None
        return RankedList(round=self.previous.id, store_kind=self.store_kind, scope=self.scope)

    @property
    def columns(self) -> tuple[RankingColumn, ...]:
        """The section columns, each marked comparable or not."""
        return columns_of(self.rubric, self.earlier)

    @property
    def comparable(self) -> bool:
        """Whether a change of the total is a change in points."""
        if self.earlier is None:
            return True
        return len(self.earlier.sections) == len(self.rubric.sections) and all(
            column.comparable for column in self.columns
        )


async def ranking_of(actor: Actor, round_code: str, store_kind: str, region: str) -> RankingOf:
    """Find the list. Raises NotAllowed, or NotFound for what is not there or out of reach."""
    asked = scope_of(actor, Action.RANKING_READ, region)
    found, previous = await chosen_rounds(round_code, asked.path)
    node = await places.find_region(asked.path, asked.within)
    if node is None:
        raise NotFound(noun="region")
    rounds = (found.id, previous.id) if previous else (found.id,)
    versions = await ranked_rounds.rubrics_of(rounds)
    used = {(row.round, row.used_for): row.digest for row in versions if row.round}
    kind = _kind(store_kind, found, versions)
    earlier = used.get((previous.id, kind)) if previous else None
    return RankingOf(
        round=found,
        store_kind=kind,
        region=node[0],
        scope=node[1],
        digests=_digests(kind, used[found.id, kind], versions),
        rubric=await rubric_of(used[found.id, kind]),
        previous=previous,
        earlier=await rubric_of(earlier) if earlier else None,
    )


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


def _same(section: Section, earlier: Section | None) -> bool:
    """Whether points lost in one mean the same as points lost in the other."""
    if earlier is None or earlier.full != section.full:
        return False
    return _marks(section) == _marks(earlier)


def _marks(section: Section) -> frozenset[tuple[str, int]]:
    return frozenset((item.code, item.full) for item in section.items)
