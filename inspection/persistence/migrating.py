"""Brings a database up to the schema of this program: all of a migration or nothing of it."""

import contextlib
import importlib.util
import io
import logging
import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType

import msgspec
from piccolo.apps.migrations.tables import Migration

from inspection.persistence.database import DB
from inspection.persistence.engine import engine_for
from inspection.persistence.engines.integrity import DatabaseFault
from inspection.persistence.migration_lock import alone

LOG = logging.getLogger(__name__)
APP_NAME = "inspection"
FOLDER = Path(__file__).resolve().parents[2] / "migrations"
CONF = "inspection.persistence.piccolo_conf"

_ID = re.compile(r"^ID = [\"'](?P<id>[^\"']+)[\"']$", re.MULTILINE)


class Migrated(msgspec.Struct, frozen=True):
    """What a run did: the ids it applied, and how many were there before."""

    ran: tuple[str, ...]
    before: int

    def __str__(self) -> str:
        if not self.ran:
            return f"The schema is up to date ({self.before} migrations)."
        return f"Applied {len(self.ran)} migrations after {self.before} earlier ones."


async def migrate(url: str, folder: Path = FOLDER) -> Migrated:
    """Apply what is missing, alone among all processes. Safe to call at every start.
    Raises DatabaseFault when the database is newer than this program.
    """
    engine = engine_for(url, migrating=True)
    async with alone(engine):
        before = DB.use(engine)
        try:
            await engine.start()
            return await _apply(migration_files(folder))
        finally:
            await engine.stop()
            DB.use(before)


def migration_files(folder: Path = FOLDER) -> dict[str, Path]:
    """The migrations this program knows, by id, oldest first; read without importing them."""
    found = {}
    for path in folder.glob("*.py"):
        if match := _ID.search(path.read_text(encoding="utf-8")):
            found[match["id"]] = path
    return dict(sorted(found.items()))


async def applied() -> frozenset[str]:
    """Ids of the migrations the open database has seen."""
    Migration._meta.db = DB
    if not await Migration.table_exists():
        return frozenset()
    rows = await Migration.select(Migration.name).where(Migration.app_name == APP_NAME)
    return frozenset(row["name"] for row in rows)


async def check_schema() -> None:
    """Raises DatabaseFault unless the open database has exactly the schema of this program."""
    done, files = await applied(), migration_files()
    _refuse_newer(done, files)
    if missing := len(files.keys() - done):
        msg = f"the database lacks {missing} migrations; run `inspection migrate` first"
        raise DatabaseFault(msg)


def _refuse_newer(done: frozenset[str], files: dict[str, Path]) -> None:
    if unknown := sorted(done - files.keys()):
        msg = (
            f"the database was migrated by a newer version (it has {unknown[-1]}); "
            "install that version, or restore a backup made with this one"
        )
        raise DatabaseFault(msg)


async def _apply(files: dict[str, Path]) -> Migrated:
    done = await applied()
    _refuse_newer(done, files)
    missing = [each for each in files if each not in done]
    if missing:
        # Piccolo's tools find engine and tables through this variable.
        os.environ.setdefault("PICCOLO_CONF", CONF)
        await Migration.create_table(if_not_exists=True)
    for each in missing:
        await _run(each, files[each])
    if missing:
        # A new index without statistics is taken for a perfect one, or for none.
        await DB.run("ANALYZE")
    return Migrated(ran=tuple(missing), before=len(done))


async def _run(migration: str, path: Path) -> None:
    """One transaction holds the change and the note that it was made: a crash leaves both or
    neither. SQLite's foreign keys pause meanwhile and are checked before the commit.
    """
    manager = await _load(path).forwards()
    if not manager.wrap_in_transaction:
        msg = f"{path.name} wants no transaction; migrations here are all or nothing"
        raise DatabaseFault(msg)
    async with _foreign_keys_paused(), DB.transaction():
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            await manager.run()
        LOG.info("%s", " ".join(printed.getvalue().split()))
        await _check_foreign_keys(migration)
        await Migration.insert(Migration(name=migration, app_name=APP_NAME))


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        msg = f"{path} cannot be loaded"
        raise DatabaseFault(msg)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@asynccontextmanager
async def _foreign_keys_paused() -> AsyncIterator[None]:
    if DB.engine_type != "sqlite":
        yield
        return
    # Has no effect inside a transaction, hence before it begins and after it ended.
    await DB.run("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await DB.run("PRAGMA foreign_keys=ON")


async def _check_foreign_keys(migration: str) -> None:
    if DB.engine_type == "sqlite" and (broken := await DB.run("PRAGMA foreign_key_check")):
        msg = f"{migration} leaves {len(broken)} rows that refer to nothing: {broken[:3]}"
        raise DatabaseFault(msg)
