"""What the planning pages show: a proposal's list, what it gives to whom, and one of its rows."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from inspection.domain.access import Action, Actor, granted
from inspection.domain.listing import ListAsked
from inspection.domain.plan_choice import PlanChoice
from inspection.domain.planning import Week, weeks_of
from inspection.domain.refusals import NotFound
from inspection.domain.region_path import upwards
from inspection.domain.rubric import Text
from inspection.persistence import places, planning_facts, proposal_lists, proposals
from inspection.persistence.engine import read_tx
from inspection.persistence.job_progress import JobProgress, progress_of
from inspection.persistence.places import Scope
from inspection.persistence.planning_facts import InspectorFact, PlannedRound, StoresWanted
from inspection.persistence.proposal_lists import ListedVisit, LoadRow, ProposalFigures
from inspection.persistence.proposals import ProposalRow, ProposalState
from inspection.services.places import Map, RegionLabel, StoreLabel, map_of, region_label
from inspection.services.plan_access import choice_of, chosen_part, part_of, reached_round
from inspection.services.plan_questions import today_of
from inspection.services.round_planning import job_key
from inspection.services.tools import Tools

LEVELS = ("province", "branch", "county")


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


class PlanLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list. `week` is the number of its calendar week."""

    id: str
    store: StoreLabel
    inspector: str
    last: str
    day: date | None
    week: int
    by_hand: bool
    attention: int
    warning: str
    why: str
    way_hm: int


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
    published_at: datetime | None = None

    @property
    def state(self) -> str:
        """Where the proposal is; empty without one."""
        return self.proposal.state.value if self.proposal else ""

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
        if path not in labels:  # pragma: no cover - gone between two statements
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
        people=people_of(actor, facts, choice, loads),
        weeks=weeks_of(round_.starts_on, round_.ends_on),
        today=today,
        stores=stores,
        assigned=assigned,
        proposal=found,
        published_at=await proposals.published_at(round_.id, upwards(path)),
        others=tuple(labels[row.region_path] for row in mine if row.region_path != path),
    )
    return await _with_lines(page, asked, facts) if found else page


async def _with_lines(
    page: PlanPage, asked: PlanAskedFor, facts: tuple[InspectorFact, ...]
) -> PlanPage:
    found = page.proposal
    if found is None or found.state is ProposalState.PLANNING:
        progress = await progress_of(job_key(found)) if found else None
        return msgspec.structs.replace(page, progress=progress)
    rows = await proposal_lists.list_visits(found.id, asked.listing, asked.shown, asked.inspector)
    shown = msgspec.convert(rows.rows, tuple[ListedVisit, ...], strict=False)
    names = await map_of(row.region_path for row in shown)
    codes = {fact.id: fact.pseudonym for fact in facts}
    return msgspec.structs.replace(
        page,
        lines=tuple(line_of(row, names, codes) for row in shown),
        total=rows.total,
        sort=rows.sort,
        next_cursor=rows.next_cursor,
        figures=await proposal_lists.figures_of(found.id),
    )


def line_of(row: ListedVisit, names: Map, codes: Mapping[str, str]) -> PlanLine:
    """A row as pages show it, people by their pseudonyms."""
    return PlanLine(
        id=row.id,
        store=names.store(row.store_code, row.store_name, row.store_kind, row.region_path),
        inspector=codes.get(row.inspector or "", row.inspector or ""),
        last=codes.get(row.last_inspector or "", ""),
        day=row.day,
        week=row.day.isocalendar().week if row.day else 0,
        by_hand=row.by_hand,
        attention=row.attention,
        warning=row.warning,
        why=row.why,
        way_hm=row.way_hm,
    )


def people_of(
    actor: Actor,
    facts: tuple[InspectorFact, ...],
    choice: PlanChoice,
    loads: tuple[LoadRow, ...],
) -> tuple[PlanPerson, ...]:
    """Everybody with what a proposal gives them; names only for those who may know them."""
    named = granted(actor.role, Action.INSPECTOR_NAME)
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


def _usual(round_: PlannedRound) -> PlanChoice:
    """What a first plan of a round begins with."""
    usual = PlanChoice()
    rules = msgspec.structs.replace(usual.rules, visits=min(round_.min_visits, 12))
    return msgspec.structs.replace(usual, rules=rules)
