"""Numbers drawn before there was a register enter it."""

import re

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inspection.persistence.database import DB
from inspection.persistence.statements import run

ID = "2026-11-22T08:52:18:000000"
VERSION = "1.38.0"
DESCRIPTION = "Numbers drawn before there was a register"

NUMBER = re.compile(r"(?P<mark>.+)〔(?P<year>\d{4})〕(?P<n>\d+)号")
"""The only form there was."""


ENTRY = (
    "INSERT INTO drawn_number (counter, n, number, noun_id, region_path, drawn_at, kind)"
    " VALUES (?, ?, ?, ?, ?, ?, 'notice')"
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="inspection", description=DESCRIPTION)
    manager.add_raw(_enter)
    return manager


async def _enter():
    await DB.run('CREATE INDEX "notice_state_issued_at" ON "notice" ("state", "issued_at")')
    rows = await DB.run(
        "SELECT id, number, region_path, issued_at FROM notice WHERE number IS NOT NULL"
    )
    for row in rows:
        found = NUMBER.fullmatch(str(row["number"]))
        if found is None:
            continue
        counter = f"{found['mark']}|notice|{found['year']}"
        facts = (row["number"], row["id"], row["region_path"], row["issued_at"])
        await run(ENTRY, counter, int(found["n"]), *facts)
