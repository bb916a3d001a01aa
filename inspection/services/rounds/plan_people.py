"""Inspectors as planners see them: by their pseudonyms, and what a plan gives each."""

import msgspec

from inspection.domain.access import Action, Actor, granted
from inspection.domain.people.account import is_proved
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.rounds.planning_facts import InspectorFact
from inspection.persistence.rounds.proposal_lists import LoadRow
from inspection.services.tools import Tools


class PlanPerson(msgspec.Struct, frozen=True, kw_only=True):
    """An inspector as planners see them; the name is for those who may know it. `had` visits of
    the round are theirs already.
    """

    id: str
    code: str
    name: str
    home: Text
    had: int
    planned: int
    cap: int
    per_day: int
    way_hm: int
    own_per_round: int | None
    own_per_day: int | None

    @property
    def load(self) -> int:
        """Everything they would have to do."""
        return self.had + self.planned


def people_of(
    tools: Tools,
    actor: Actor,
    facts: tuple[InspectorFact, ...],
    choice: PlanChoice,
    loads: tuple[LoadRow, ...],
) -> tuple[PlanPerson, ...]:
    """Everybody with what a proposal gives them; names for who may know them and proved of late."""
    named = granted(actor.role, Action.INSPECTOR_NAME) and not names_are_hidden(tools, actor)
    given = {load.inspector: load for load in loads}
    rules = choice.rules

    def person(fact: InspectorFact) -> PlanPerson:
        load = given.get(fact.id)
        return PlanPerson(
            id=fact.id,
            code=fact.pseudonym,
            name=fact.name if named else "",
            home=Text(fact.home_zh, fact.home_en),
            had=fact.load,
            planned=load.visits if load else 0,
            cap=rules.per_round if fact.per_round is None else fact.per_round,
            per_day=rules.per_day if fact.per_day is None else fact.per_day,
            way_hm=load.way_hm if load else 0,
            own_per_round=fact.per_round,
            own_per_day=fact.per_day,
        )

    return tuple(person(fact) for fact in facts)


def names_are_hidden(tools: Tools, actor: Actor) -> bool:
    """Whether the caller may know names and has to prove first who they are."""
    named = granted(actor.role, Action.INSPECTOR_NAME)
    return named and not is_proved(actor.proved_at, tools.now())
