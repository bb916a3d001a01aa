"""What the planning pages show: a proposal's list, what it gives to whom, and one of its rows."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.org.region_path import upwards
from inspection.domain.refusals import NotFound
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rounds.planning import Week, weeks_of
from inspection.persistence.engine import read_tx
from inspection.persistence.job_progress import JobProgress, progress_of
from inspection.persistence.people import places
from inspection.persistence.people.places import Scope
from inspection.persistence.rounds import planning_facts, proposal_lists, proposals
from inspection.persistence.rounds.planning_facts import InspectorFact, PlannedRound, StoresWanted
from inspection.persistence.rounds.proposal_lists import ProposalFigures
from inspection.persistence.rounds.proposals import ProposalRow, ProposalState
from inspection.services.people.places import RegionLabel, region_label
from inspection.services.rounds.plan_access import choice_of, chosen_part, part_of, reached_round
from inspection.services.rounds.plan_lines import PlanLine, lines_of
from inspection.services.rounds.plan_people import PlanPerson, names_are_hidden, people_of
from inspection.services.rounds.plan_questions import today_of
from inspection.services.rounds.round_planning import job_key
from inspection.services.tools import Tools

LEVELS = ("province", "branch", "county")
NO_STATES: Mapping[str, int] = MappingProxyType({})


class PlanAskedFor(msgspec.Struct, frozen=True, kw_only=True):
    """Which plan of a round, and which of its rows."""

    region: str = ""
    shown: str = ""
    inspector: str = ""
    listing: ListAsked = ListAsked()


class PlanPage(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a round's plan; without a proposal it offers to make one."""

    round: PlannedRound
    region: RegionLabel
    regions: tuple[RegionLabel, ...]
    kinds: tuple[str, ...]
    choice: PlanChoice
    people: tuple[PlanPerson, ...]
    weeks: tuple[Week, ...]
    today: date
    stores: int
    assigned: int
    lines: tuple[PlanLine, ...] = ()
    total: int = 0
    sort: str = ""
    next_cursor: str | None = None
    figures: ProposalFigures = ProposalFigures()
    proposal: ProposalRow | None = None
    progress: JobProgress | None = None
    others: tuple[RegionLabel, ...] = ()
    published: ProposalRow | None = None
    states: Mapping[str, int] = NO_STATES
    names_hidden: bool = False

    @property
    def state(self) -> str:
        """Where the proposal is; empty without one."""
        return self.proposal.state.value if self.proposal else ""

    @property
    def published_at(self) -> datetime | None:
        """When the plan was published that is carried out now; None while another is made."""
        return self.published.settled_at if self.published else None

    @property
    def homeless(self) -> int:
        """How many of those it sends out have no home that ways could be counted from."""
        return sum(1 for person in self.people if person.planned and not person.home.zh)

    @property
    def seen(self) -> int:
        """The revision this page shows."""
        return self.proposal.revision if self.proposal else 0


async def plan_page(tools: Tools, actor: Actor, code: str, asked: PlanAskedFor) -> PlanPage:
    """The plan of a round for the wanted region, or the widest there is in the caller's part of
    the tree. Raises NotAllowed, NotFound, CursorRefused.
    """
    async with read_tx():
        round_ = await reached_round(actor, Action.PLAN_READ, code)
        path = await chosen_part(actor, Action.PLAN_READ, round_, asked.region)
        regions = await places.regions_within(part_of(actor, round_), LEVELS)
        labels = {row.path: region_label(row) for row in regions}
        if path not in labels:
            raise NotFound(noun="region")
        active = await proposals.active_proposals(round_.id, Scope(part_of(actor, round_)))
        # What was planned for a place that moved is planned anew where it is now.
        mine = tuple(row for row in active if row.region_path in labels)
        found = _chosen(mine, path, asked.region)
        path = found.region_path if found else path
        return await _page(tools, actor, round_, asked, _Found(path, found, mine, labels))


def _chosen(mine: tuple[ProposalRow, ...], path: str, wanted: str) -> ProposalRow | None:
    exact = next((row for row in mine if row.region_path == path), None)
    return exact or (mine[0] if mine and not wanted else None)


class _Found(msgspec.Struct, frozen=True):
    path: str
    found: ProposalRow | None
    mine: tuple[ProposalRow, ...]
    labels: Mapping[str, RegionLabel]


async def _page(
    tools: Tools, actor: Actor, round_: PlannedRound, asked: PlanAskedFor, which: _Found
) -> PlanPage:
    path, found, mine, labels = which.path, which.found, which.mine, which.labels
    choice = choice_of(found) if found else _usual(round_)
    facts = await planning_facts.inspectors_to_plan(round_.id)
    loads = await proposal_lists.loads_of(found.id) if found else ()
    rubrics = await planning_facts.kinds_of(round_.id)
    wanted = StoresWanted(round=round_.id, scope=Scope(path), kinds=choice.kinds)
    stores, assigned = await planning_facts.count_stores(wanted)
    today = today_of(tools.now())
    page = PlanPage(
        round=round_,
        region=labels[path],
        regions=tuple(labels.values()),
        kinds=rubrics,
        choice=choice,
        people=people_of(tools, actor, facts, choice, loads),
        names_hidden=names_are_hidden(tools, actor),
        weeks=weeks_of(round_.starts_on, round_.ends_on),
        today=today,
        stores=stores,
        assigned=assigned,
        proposal=found,
        published=None if found else await proposals.last_published(round_.id, upwards(path)),
        others=tuple(labels[row.region_path] for row in mine if row.region_path != path),
    )
    if page.published:
        return await _with_visits(page, page.published, asked, facts)
    return await _with_lines(page, asked, facts) if found else page


async def _with_lines(
    page: PlanPage, asked: PlanAskedFor, facts: tuple[InspectorFact, ...]
) -> PlanPage:
    found = page.proposal
    if found is None or found.state is ProposalState.PLANNING:
        progress = await progress_of(job_key(found)) if found else None
        return msgspec.structs.replace(page, progress=progress)
    rows = await proposal_lists.list_visits(found.id, asked.listing, asked.shown, asked.inspector)
    return msgspec.structs.replace(
        page,
        lines=await lines_of(rows, facts),
        total=rows.total,
        sort=rows.sort,
        next_cursor=rows.next_cursor,
        figures=await proposal_lists.figures_of(found.id),
    )


async def _with_visits(
    page: PlanPage, plan: ProposalRow, asked: PlanAskedFor, facts: tuple[InspectorFact, ...]
) -> PlanPage:
    """What was published, with where each visit is now."""
    path = page.region.path
    rows = await proposal_lists.list_published(
        plan.id, page.round.id, asked.listing, asked.inspector, path
    )
    return msgspec.structs.replace(
        page,
        lines=await lines_of(rows, facts),
        total=rows.total,
        sort=rows.sort,
        next_cursor=rows.next_cursor,
        states=await proposal_lists.count_published(plan.id, page.round.id, path),
    )


def _usual(round_: PlannedRound) -> PlanChoice:
    """What a first plan of a round begins with."""
    usual = PlanChoice()
    rules = msgspec.structs.replace(usual.rules, visits=min(round_.min_visits, 12))
    return msgspec.structs.replace(usual, rules=rules)
