"""A province with rounds behind it: every store visited and ranked, round after round.

Rows are written in bulk through the product's own statements; standings follow its own rules.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import msgspec

from bench import tallies
from bench.losses import Losses, losses_of, scored_items
from inspection.cli.demo.chance import SeededIds, StoryClock, story_tools
from inspection.cli.demo.settling import settle
from inspection.cli.demo.stores import DemoStore
from inspection.domain.access import Actor
from inspection.domain.org.region_path import branch_of
from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import Figures, rank_key, tie_key
from inspection.domain.rankings.tally import Tally
from inspection.domain.rubrics.rubric import Rubric
from inspection.persistence.engine import DB, tx
from inspection.persistence.rectifications.notice_tallies import RUNS
from inspection.persistence.rounds import plans
from inspection.persistence.rounds.plans import AssignmentEntry, RoundEntry, RoundRubricEntry
from inspection.persistence.statements import marks, run, write_many
from inspection.persistence.visits.visits import VisitRow
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

SEED = 2010
KIND = "storefront"
CLUB_EVERY = 5
"""One store of the demo province in so many is a club; the others are what is ranked here."""

MISSED = 0.03
FIRST_DAY = datetime(2021, 1, 4, 1, tzinfo=UTC)
EVERY = timedelta(days=91)
RESULT = tuple[int, int]


class Province(msgspec.Struct):
    """What has been written so far: enough to go on with the next round."""

    stores: tuple[DemoStore, ...]
    store_ids: dict[str, str]
    inspectors: tuple[Actor, ...]
    manager: Actor
    digest: str
    rubric: Rubric
    rounds: list[str] = msgspec.field(default_factory=list)
    results: dict[str, RESULT] = msgspec.field(default_factory=dict)
    """Place key and score of each store in the last round."""

    parts: dict[str, Tally] = msgspec.field(default_factory=dict)
    """What each store added to its county in the last round."""


class Result(msgspec.Struct, frozen=True):
    """One store in one round: its assignment, and its visit unless nobody went."""

    store: DemoStore
    assignment: AssignmentEntry
    visit: str
    losses: Losses
    figures: Figures


class Wave(msgspec.Struct, frozen=True):
    """A round with what came of it, ready to be written."""

    entry: RoundEntry
    used: RoundRubricEntry
    random: Random
    results: tuple[Result, ...]


class SortedIds:
    """Ids in the order they are made, as those of phones and services are."""

    def __init__(self, round_: int) -> None:
        self._head = f"{round_ + 1:08x}-0000-7000-8000-"
        self._last = 0

    def id(self) -> str:
        """The next one."""
        self._last += 1
        return f"{self._head}{self._last:012x}"


async def found_province(tools: Tools, stores: int) -> Province:
    """Regions, so many stores of one kind, people and rubrics."""
    random = Random(SEED)
    ids = SeededIds(random)
    told = story_tools(tools, StoryClock(FIRST_DAY), ids)
    settled = await settle(told, ids, random, stores * CLUB_EVERY // (CLUB_EVERY - 1))
    digest = settled.rubrics[KIND]
    return Province(
        stores=tuple(store for store in settled.stores if store.kind == KIND),
        store_ids=settled.store_ids,
        inspectors=tuple(who for name, who in settled.people.items() if "inspector" in name),
        manager=settled.people["province"],
        digest=digest,
        rubric=await rubric_of(digest),
    )


async def add_rounds(province: Province, count: int) -> None:
    """So many more rounds, each compared with the one before."""
    for _ in range(count):
        wave = _made_up(province)
        async with tx():
            if DB.engine_type == "postgres":
                # All of it points at something; a million look-ups to prove it take a minute.
                await run("SET LOCAL session_replication_role = replica")
            await _add_round(province, wave)
    if DB.engine_type == "postgres":
        # What its own housekeeping would do within a minute.
        await run("VACUUM ANALYZE")


def _made_up(province: Province) -> Wave:
    """The next round, before anything of it is written: a transaction must not stand idle."""
    number = len(province.rounds)
    random = Random(SEED + 1 + number)
    ids = SortedIds(number)
    entry = _round(ids, number, province.rounds[-1] if province.rounds else None)
    used = RoundRubricEntry(
        id=ids.id(), round=entry.id, store_kind=KIND, rubric_version=province.digest
    )
    return Wave(entry, used, random, tuple(_results(province, random, ids, entry)))


async def _add_round(province: Province, wave: Wave) -> None:
    entry, random = wave.entry, wave.random
    await plans.add_round(entry, [wave.used])
    await plans.add_assignments([result.assignment for result in wave.results])
    visited = [result for result in wave.results if result.visit]
    await write_many(_ADD_VISIT, [_visit(province, result, entry) for result in visited])
    await write_many(_ADD_ANSWER, [row for result in visited for row in _answers(result)])
    parts = {
        result.store.code: tallies.part_of(
            result.figures, result.losses, province.parts.get(result.store.code)
        )
        for result in visited
    }
    await write_many(
        _ADD_STANDING,
        [_standing(province, result, entry, parts[result.store.code]) for result in visited],
    )
    stores = [result.store for result in visited]
    await write_many(tallies.ADD_TALLY, tallies.rows_of(entry.id, KIND, stores, parts))
    lost = [result for result in visited if result.losses.items]
    await write_many(
        _ADD_NOTICE,
        [_notice(province, random, result, entry, n) for n, result in enumerate(lost, 1)],
    )
    province.rounds.append(entry.id)
    province.parts = parts
    province.results = {
        result.store.code: (result.figures.rank_key or 0, result.figures.score)
        for result in visited
    }


def _results(
    province: Province, random: Random, ids: SortedIds, entry: RoundEntry
) -> Iterator[Result]:
    scored = scored_items(province.rubric)
    for place, store in enumerate(province.stores):
        missed = random.random() < MISSED
        losses = losses_of(random, province.rubric, scored, store)
        assignment = AssignmentEntry(
            id=ids.id(),
            round=entry.id,
            store=province.store_ids[store.code],
            inspector=province.inspectors[place % len(province.inspectors)].account,
            rubric_version=province.digest,
            window_from=entry.starts_on,
            window_to=entry.ends_on,
            cover="",
            state="open" if missed else "done",
            created_at=entry.created_at,
        )
        visit = "" if missed else ids.id()
        yield Result(store, assignment, visit, losses, _figures(province.rubric, losses))


def _figures(rubric: Rubric, losses: Losses) -> Figures:
    score = Hundredths(rubric.full - losses.lost)
    return Figures(
        visits=1,
        score_sum=score,
        score=score,
        full=rubric.full,
        lost=losses.lost,
        vetoed=False,
        major_losses=losses.major,
        excess=0,
        unranked_why="",
        rank_key=rank_key(score, vetoed=False),
        sections=losses.sections,
    )


def _visit(province: Province, result: Result, entry: RoundEntry) -> Sequence[object]:
    row = VisitRow(
        id=result.visit,
        assignment=result.assignment.id,
        round=entry.id,
        store=result.assignment.store,
        inspector=result.assignment.inspector,
        rubric_version=province.digest,
        region_path=result.store.path,
        attempt=1,
        content_hash="0" * 64,
        state="published",
        complete=True,
        total=result.figures.score,
        ordering=None,
        lost=result.losses.lost,
        outcome="pass",
        band="good",
        rankable=True,
        flags="[]",
        started_at=entry.created_at,
        ended_at=entry.created_at,
        sent_at=entry.created_at,
        clock_offset_ms=0,
        received_at=entry.created_at,
    )
    return (*msgspec.structs.astuple(row), entry.created_at)


def _answers(result: Result) -> Iterator[Sequence[object]]:
    for item, section, lost in result.losses.items:
        yield (result.visit, item.code, section, "loss", item.full, lost, item.severity, "{}")


def _standing(
    province: Province, result: Result, entry: RoundEntry, part: Tally
) -> Sequence[object]:
    found, store = result.figures, result.store
    key, score = province.results.get(store.code, (None, None))
    return (
        *(entry.id, result.assignment.store, KIND, store.path, branch_of(store.path), store.code),
        *(found.visits, found.score_sum, found.score, found.rank_key, tie_key(found, score)),
        *(key, score, found.full, found.lost, found.vetoed, found.major_losses, ""),
        *(msgspec.json.encode(found.sections).decode(), entry.created_at),
        *(store.ownership, tallies.text_of(part)),
    )


def _notice(
    province: Province, random: Random, result: Result, entry: RoundEntry, number: int
) -> Sequence[object]:
    return (
        *(_secret(random), result.visit, entry.id, result.assignment.store),
        *(KIND, result.store.path, "acknowledged", f"{entry.code}〔{number}〕", "[]"),
        _secret(random),
        *(province.manager.account, entry.created_at, entry.created_at, "", RUNS),
    )


def _secret(random: Random) -> str:
    # Everything a store may see has an id that says nothing about order.
    return f"{random.getrandbits(128):032x}"


def _round(ids: SortedIds, number: int, previous: str | None) -> RoundEntry:
    at = FIRST_DAY + EVERY * number
    return RoundEntry(
        id=ids.id(),
        code=f"R{number + 1:02d}",
        name_zh=f"第{number + 1}轮",
        name_en=f"Round {number + 1}",
        visit_kind="mystery_visit",
        starts_on=at.date(),
        ends_on=at.date() + timedelta(days=56),
        state="open",
        min_visits=1,
        disclose_day=False,
        previous=previous,
        created_at=at,
    )


def insertion_of(table: str, *columns: str) -> str:
    """The statement that writes a row with these columns."""
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({marks(len(columns))})"


_ADD_VISIT = insertion_of("visit", *VisitRow.__struct_fields__, "published_at")
_ADD_ANSWER = insertion_of(
    "visit_answer",
    *("visit", "item", "section", "verdict", "full", "lost", "severity", "body"),
)
_ADD_STANDING = insertion_of(
    "standing",
    *("round", "store", "store_kind", "region_path", "branch_path", "store_code"),
    *("visits", "score_sum", "score", "rank_key", "tie_key"),
    *("previous_key", "previous_score", "full", "lost", "vetoed", "major_losses", "unranked_why"),
    *("sections", "updated_at", "ownership", "part"),
)
_ADD_NOTICE = insertion_of(
    "notice",
    *("id", "visit", "round", "store", "store_kind", "region_path"),
    *("state", "number", "demands", "verify_token"),
    *("drafted_by", "drafted_at", "first_due_at", "pdf_fault", "clock"),
)
