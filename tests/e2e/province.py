"""The province of the tests in a database file, with a visit to make this week."""

import asyncio
import json
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from inspection.domain.deadline import SHANGHAI
from inspection.persistence.engine import close_database, open_database
from inspection.persistence.statements import run
from inspection.services.tools import Tools
from inspection.settings import Settings
from tests.cast import CLUB, ROUND
from tests.e2e.product import PASSWORD
from tests.makers import Clock, a_province, some_tools
from tests.product_server import ProductServer, free_port, served

Story = Callable[[Tools], Awaitable[object]]
"""What has happened in the province before a test begins."""

FEATURES = (
    "charging_station_required",
    "customer_pc_required",
    "guest_wifi",
    "shoe_machine_required",
)
"""What the club of the golden replay must have."""


async def nothing_yet(_: Tools) -> None:
    """The visits are still to be made."""


def serve(template: Path, scratch: Path, story: Story = nothing_yet) -> ProductServer:
    """One server and one worker on a copy of the database, with the cast in it."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    path = folder / "mingcha.db"
    shutil.copyfile(template, path)
    # In a thread: the caller may have a loop of its own.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(lambda: asyncio.run(_fill(f"sqlite:///{path}", folder, story))).result()
    return served(
        Settings(database_url=f"sqlite:///{path}", data_dir=str(folder), port=free_port()), folder
    )


async def _fill(database_url: str, folder: Path, story: Story) -> None:
    await open_database(database_url)
    try:
        await _load(folder, story)
    finally:
        await close_database()


async def _load(folder: Path, story: Story) -> None:
    tools = some_tools(folder, Clock(datetime.now(UTC)))
    try:
        await a_province(tools)
        password_hash = await tools.passwords.hash(PASSWORD)
        await _open_this_week(password_hash)
        await story(tools)
    finally:
        tools.passwords.close()


async def _open_this_week(password_hash: str) -> None:
    await run("UPDATE account SET password_hash = ?", password_hash)
    today = datetime.now(SHANGHAI).date()
    first, last = today - timedelta(days=2), today + timedelta(days=4)
    await run("UPDATE assignment SET window_from = ?, window_to = ?", first, last)
    # What was approved goes out at once: no test waits for next Monday.
    await run(
        "UPDATE round SET starts_on = ?, ends_on = ?, release_rule = 'at_once' WHERE code = ?",
        first,
        last,
        ROUND,
    )
    await run("UPDATE store SET features = ? WHERE code = ?", json.dumps(FEATURES), CLUB)
