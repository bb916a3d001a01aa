"""One visit of a proposal and everybody who could make it, or why they cannot."""

from collections import Counter
from datetime import date

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import NotFound
from inspection.domain.rounds.planning import InspectorToPlan, PlanAsked, PlannedVisit, StoreToPlan
from inspection.domain.rounds.planning_costs import Costs
from inspection.domain.rounds.planning_rules import UNLESS_BY_HAND, Rulebook, WhyNot
from inspection.domain.rounds.planning_warnings import Burden, Warner
from inspection.persistence.engine import read_tx
from inspection.persistence.rounds import planning_facts, proposal_lists, proposals
from inspection.persistence.rounds.planning_facts import PlannedRound
from inspection.persistence.rounds.proposals import ProposalRow, ProposalState, ProposedRow
from inspection.services.people.places import StoreLabel, map_of
from inspection.services.rounds.plan_access import choice_of, matter_of, reached_round, reaches
from inspection.services.rounds.plan_changes import version_of
from inspection.services.rounds.plan_people import PlanPerson, people_of
from inspection.services.rounds.plan_questions import question
from inspection.services.tools import Tools


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who could go: with what keeps them out, or what is unwelcome about it."""

    person: PlanPerson
    way_hm: int
    chosen: bool
    why: WhyNot | None
    warning: str
    free_from: date

    @property
    def forbidden(self) -> bool:
        """Whether nobody may send them."""
        return self.why is not None and self.why.code not in UNLESS_BY_HAND


class PlanRowPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of one row."""

    round: PlannedRound
    row: ProposedRow
    store: StoreLabel
    seen: str
    first: date
    last: date
    candidates: tuple[Candidate, ...]
    can_edit: bool
    region_path: str


async def plan_row_page(tools: Tools, actor: Actor, code: str, row: str) -> PlanRowPage:
    """A row of a proposal that is not over. Raises NotAllowed or NotFound."""
    async with read_tx():
        round_ = await reached_round(actor, Action.PLAN_READ, code)
        proposed = await proposals.find_row(row)
        found = await proposals.find_proposal(proposed.proposal) if proposed else None
        if proposed is None or found is None:
            raise NotFound(noun="plan")
        if not reaches(actor, Action.PLAN_READ, round_, found):
            raise NotFound(noun="plan")
        return await _page(tools, actor, round_, found, proposed)


async def _page(
    tools: Tools, actor: Actor, round_: PlannedRound, found: ProposalRow, row: ProposedRow
) -> PlanRowPage:
    matter = matter_of(tools, round_, found)
    asked = await question(matter, store=row.store, anybody=True)
    fact = await planning_facts.find_store(row.store)
    names = await map_of((fact.region_path,))
    return PlanRowPage(
        round=round_,
        row=row,
        store=names.store(fact.code, fact.name, fact.kind, fact.region_path),
        seen=version_of(row),
        first=asked.first,
        last=asked.last,
        candidates=await _candidates(tools, actor, found, row, asked),
        can_edit=found.state is ProposalState.READY and bool(asked.stores),
        region_path=found.region_path,
    )


async def _candidates(
    tools: Tools, actor: Actor, found: ProposalRow, row: ProposedRow, asked: PlanAsked
) -> tuple[Candidate, ...]:
    if not asked.stores:
        return ()
    facts = await planning_facts.inspectors_to_plan(found.round)
    loads = await proposal_lists.loads_of(found.id)
    people = people_of(tools, actor, facts, choice_of(found), loads)
    others = [r for r in await proposals.rows_of(found.id, row.store) if r.id != row.id]
    looker = _Looker(asked, row, frozenset(r.inspector for r in others if r.inspector))
    seen = [looker.candidate(person) for person in people]
    return tuple(sorted(seen, key=_most_likely))


class _Looker:
    """Holds each inspector against the rules for one store."""

    def __init__(self, asked: PlanAsked, row: ProposedRow, going: frozenset[str]) -> None:
        self._asked, self._row, self._going = asked, row, going
        self._book, self._costs = Rulebook(asked), Costs(asked)
        self._people = {person.id: person for person in asked.inspectors}

    def candidate(self, person: PlanPerson) -> Candidate:
        store, inspector = self._asked.stores[0], self._people[person.id]
        why = self._why(store, inspector)
        return Candidate(
            person=person,
            way_hm=self._costs.way_hm(store.id, inspector.id),
            chosen=self._row.inspector == inspector.id,
            why=why,
            warning="" if why else self._warning(store, inspector, person),
            free_from=self._book.release(store, inspector),
        )

    def _why(self, store: StoreToPlan, inspector: InspectorToPlan) -> WhyNot | None:
        if inspector.id in self._going:
            return WhyNot(code="twice")
        return self._book.why_not(store, inspector)

    def _warning(self, store: StoreToPlan, inspector: InspectorToPlan, person: PlanPerson) -> str:
        """What there would be to say, whatever the day."""
        more = person.planned + (self._row.inspector != inspector.id)
        burden = Burden(Counter({inspector.id: more}), Counter())
        rules = msgspec.structs.replace(self._asked.rules, vary_weekday=False)
        asked = msgspec.structs.replace(self._asked, rules=rules)
        visit = PlannedVisit(
            store=store.id, inspector=inspector.id, day=self._asked.first, kept=True
        )
        return Warner(asked, burden).warning(visit)


def _most_likely(each: Candidate) -> tuple[bool, bool, bool, int, int, str]:
    return (
        each.forbidden,
        each.why is not None,
        bool(each.warning),
        each.way_hm,
        each.person.load,
        each.person.code,
    )
