"""Published results for ranking tests, written straight into the rows a visit leaves."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from inspection.persistence import tables
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.statements import run, run_many
from inspection.services.rankings.standings import refresh_standing
from inspection.services.tools import Tools
from tests.cast import CHENGGUAN, LI, REGION_PATHS, ROUND, region_id, round_id
from tests.makers import START

_VERSION = "SELECT digest FROM rubric_version WHERE store_kind = ? ORDER BY number DESC"

SECTIONS = (("KC-E", 2000), ("KC-F", 2100), ("KC-O", 5900))


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One published visit: what its store got in a round."""

    store: str
    total: int
    round: str = ROUND
    region: str = CHENGGUAN
    kind: str = "customer_club"
    outcome: str = "pass"
    ordering: int | None = None
    rankable: bool = True
    major: int = 0
    items: Mapping[str, int] = {}
    sections: Mapping[str, tuple[int, int]] = {}
    """Full marks and score by section; made up from the total where nothing is said."""


async def published(tools: Tools, *results: Result) -> None:
    """Write the visits and refresh the standings they change, in the order given."""
    for number, result in enumerate(results):
        await _add_store(result)
        await _add_visit(result, f"visit-{result.round}-{result.store}-{number}")
    for store, round_code in dict.fromkeys((r.store, r.round) for r in results):
        async with tx():
            await refresh_standing(round_id(round_code), f"store-{store}", tools.now())
    await logged()


async def logged() -> None:
    """Let the log say that something changed: every change of the product does, in its own
    transaction, and what is kept in memory relies on it.
    """
    async with tx():
        await audit.append(
            at=START, actor="", action="round.try", noun="round", noun_id="", body={}
        )


async def expected(
    *stores: tuple[str, str], region: str = CHENGGUAN, round_code: str = ROUND
) -> None:
    """Stores a round sends somebody to, with the state of the assignment."""
    for store, state in stores:
        await _add_store(Result(store=store, total=0, region=region))
        row_id = f"a-{store}-{round_code}"
        await _add_assignment(store, round_code, "customer_club", state, row_id)
    await logged()


async def _add_store(result: Result) -> None:
    await run(
        "INSERT INTO store (id, code, name, kind, region, region_path, ownership, state, features,"
        " address, contact_name, contact_phone, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 'own', 'open', '[]', '', '', '', ?)"
        " ON CONFLICT (id) DO NOTHING",
        f"store-{result.store}",
        result.store,
        f"门店{result.store}",
        result.kind,
        region_id(result.region),
        REGION_PATHS[result.region],
        START,
    )


async def _add_assignment(store: str, round_code: str, kind: str, state: str, row_id: str) -> None:
    version, *_ = await run(_VERSION, kind)
    await tables.Assignment.insert(
        tables.Assignment(
            id=row_id,
            round=round_id(round_code),
            store=f"store-{store}",
            inspector=LI.account,
            rubric_version=version["digest"],
            window_from=date(2026, 11, 1),
            window_to=date(2026, 11, 30),
            state=state,
            created_at=START,
        )
    )


async def _add_visit(result: Result, visit: str) -> None:
    row_id = f"a-{visit}"[:36]
    await _add_assignment(result.store, result.round, result.kind, "done", row_id)
    version, *_ = await run(_VERSION, result.kind)
    await tables.Visit.insert(
        tables.Visit(
            id=visit[:36],
            assignment=row_id,
            round=round_id(result.round),
            store=f"store-{result.store}",
            inspector=LI.account,
            rubric_version=version["digest"],
            region_path=REGION_PATHS[result.region],
            content_hash="0" * 64,
            state="published",
            complete=True,
            total=result.total,
            ordering=result.ordering,
            lost=_full(result) - result.total,
            outcome=result.outcome,
            rankable=result.rankable,
            received_at=START,
            published_at=START,
        )
    )
    if result.sections:
        await _write_sections(
            [
                (visit[:36], code, position, full, full, full - score, score)
                for position, (code, (full, score)) in enumerate(result.sections.items())
            ]
        )
    else:
        await _add_sections(visit[:36], 10_000 - result.total)
    losses = dict(result.items) | {f"KC-X-{n}": 1 for n in range(result.major)}
    await run_many(
        'INSERT INTO visit_answer (visit, item, section, verdict, "full", lost, severity, body)'
        " VALUES (?, ?, 'KC-E', 'loss', 300, ?, ?, '{}')",
        [
            (visit[:36], item, lost, "major" if item.startswith("KC-X") else "general")
            for item, lost in losses.items()
        ],
    )


async def _add_sections(visit: str, lost: int) -> None:
    rows = []
    for position, (code, full) in enumerate(SECTIONS):
        here = min(full, lost)
        lost -= here
        rows.append((visit, code, position, full, full, here, full - here))
    await _write_sections(rows)


def _full(result: Result) -> int:
    return sum(full for full, _ in result.sections.values()) or 10_000


async def _write_sections(rows: Sequence[tuple[object, ...]]) -> None:
    await run_many(
        'INSERT INTO visit_section (visit, section, position, "full", applicable, lost, score)'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
