"""What must be true of a database and its photos after whatever happened to the server."""

import asyncio
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from inspection.persistence.audit import audit
from inspection.persistence.engine import close_database, open_database
from inspection.persistence.statements import run
from tests.faults.product import Product
from tests.submissions import rubric_in

Address = tuple[str, int]

ITEMS, SECTIONS = len(tuple(rubric_in().items())), len(rubric_in().sections)


class Found(msgspec.Struct, frozen=True):
    """What the server holds."""

    receipts: dict[Address, bytes]
    bodies: dict[Address, bytes]
    parked: set[tuple[str, int, str]]
    complete: set[str]
    """Visits of which every photo is here and clean."""
    photos: set[str]
    """Photos that are here whole."""


def examine(product: Product) -> Found:
    """Everything the server holds, whole and in order: every row belongs to an attempt that was
    received, every received photo is on the disk as its name says, the audit chain is unbroken,
    and the operator's own checks find nothing wrong.
    """
    product.command("doctor")
    product.command("audit", "verify")
    return look(product)


def look(product: Product) -> Found:
    """The same without the operator's commands."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(_examine(product))).result()


async def _examine(product: Product) -> Found:
    await open_database(product.settings.database_url, pool_min=0, pool_max=2)
    try:
        await _no_half_rows()
        await _photos_are_what_they_are_called(product.settings.photo_dir)
        return await _found()
    finally:
        await close_database()


async def _found() -> Found:
    kept = await run("SELECT visit, attempt, body, receipt FROM submission")
    parked = await run("SELECT visit_id, attempt, content_hash FROM parked")
    complete = await run("SELECT id FROM visit WHERE complete")
    photos = await run("SELECT sha256 FROM photo WHERE state <> 'receiving'")
    return Found(
        {(row["visit"], row["attempt"]): row["receipt"].encode() for row in kept},
        {(row["visit"], row["attempt"]): row["body"].encode() for row in kept},
        {(row["visit_id"], row["attempt"], row["content_hash"]) for row in parked},
        {row["id"] for row in complete},
        {row["sha256"] for row in photos},
    )


async def _no_half_rows() -> None:
    visits = {row["id"]: row for row in await run("SELECT id, attempt FROM visit")}
    submissions = await run("SELECT visit, attempt, content_hash, body, receipt FROM submission")
    answers = await _counts("visit_answer")
    sections = await _counts("visit_section")
    photos = await _counts("visit_photo")
    attempts: dict[str, list[int]] = {}
    for row in submissions:
        attempts.setdefault(row["visit"], []).append(row["attempt"])
        said = json.loads(row["body"])
        assert hashlib.sha256(row["body"].encode()).hexdigest() == row["content_hash"]
        assert json.loads(row["receipt"])["content_hash"] == row["content_hash"]
        if row["attempt"] == visits[row["visit"]]["attempt"]:
            assert answers[row["visit"]] == ITEMS, row["visit"]
            assert photos.get(row["visit"], 0) == len(said["photos"]), row["visit"]
            assert sections[row["visit"]] == SECTIONS, row["visit"]
    assert attempts.keys() == visits.keys()
    for visit, numbers in attempts.items():
        assert sorted(numbers) == list(range(1, visits[visit]["attempt"] + 1)), visit
    await _one_event_per_change(len(submissions))


async def _counts(table: str) -> dict[str, int]:
    rows = await run(f"SELECT visit, count(*) AS n FROM {table} GROUP BY visit")
    return {row["visit"]: row["n"] for row in rows}


async def _one_event_per_change(submissions: int) -> None:
    rows = await run("SELECT action, count(*) AS n FROM audit_event GROUP BY action")
    counted = {row["action"]: row["n"] for row in rows}
    (parked,) = await run("SELECT count(*) AS n FROM parked")
    (cards,) = await run("SELECT count(*) AS n FROM visit_scorecard")
    assert counted.get("visit.submit", 0) == submissions == cards["n"]
    assert counted.get("visit.park", 0) == parked["n"]
    assert (await audit.verify_chain()).intact


async def _photos_are_what_they_are_called(folder: Path) -> None:
    kept = await run("SELECT sha256, state FROM photo WHERE state <> 'receiving'")
    for row in kept:
        path = folder / "sealed" / row["sha256"][:2] / row["sha256"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == row["sha256"], path
