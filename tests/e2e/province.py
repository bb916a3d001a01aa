"""The province of the tests in a database file, with a visit to make this week."""

import asyncio
import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inspection.domain.deadline import SHANGHAI
from inspection.persistence.engine import close_database, open_database
from inspection.persistence.statements import run
from tests.cast import CLUB, ROUND
from tests.e2e.product import PASSWORD
from tests.makers import Clock, a_province, some_tools

FEATURES = (
    "charging_station_required",
    "customer_pc_required",
    "guest_wifi",
    "shoe_machine_required",
)
"""What the club of the golden replay must have."""


def fill(database_url: str) -> None:
    """Load the cast and their assignments, in a thread: the caller may have a loop of its own."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(_fill(database_url))).result()


async def _fill(database_url: str) -> None:
    await open_database(database_url)
    try:
        with tempfile.TemporaryDirectory() as folder:
            await _load(Path(folder))
    finally:
        await close_database()


async def _load(folder: Path) -> None:
    tools = some_tools(folder, Clock(datetime.now(UTC)))
    try:
        await a_province(tools)
        password_hash = await tools.passwords.hash(PASSWORD)
    finally:
        tools.passwords.close()
    await run("UPDATE account SET password_hash = ?", password_hash)
    today = datetime.now(SHANGHAI).date()
    first, last = today - timedelta(days=2), today + timedelta(days=4)
    await run("UPDATE assignment SET window_from = ?, window_to = ?", first, last)
    await run("UPDATE round SET starts_on = ?, ends_on = ? WHERE code = ?", first, last, ROUND)
    await run("UPDATE store SET features = ? WHERE code = ?", json.dumps(FEATURES), CLUB)
