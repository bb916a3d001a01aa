"""Databases to measure on: migrated, filled through the product, then put onto the disk."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from bench.postgres import DurableServer
from inspection.persistence.migrating import migrate
from inspection.services.tools import Tools
from inspection.settings import Settings
from inspection.wiring import Workshop
from tests.scratch import scratch_folder

T = TypeVar("T")

SCRATCH_MEGABYTES = 1000
"""What a province of ten thousand stores with twenty rounds behind it takes, and some more."""

SQLITE, POSTGRES = "sqlite", "postgres"
WORDS = {SQLITE: "SQLite", POSTGRES: "PostgreSQL"}


class Database(msgspec.Struct, frozen=True):
    """One database of the product with the folder its blobs live in."""

    engine: str
    name: str
    url: str
    folder: Path

    @property
    def settings(self) -> Settings:
        """How the product is told about it."""
        return Settings(database_url=self.url, data_dir=str(self.folder))

    @property
    def path(self) -> Path:
        """The file of an SQLite database."""
        return Path(self.url.removeprefix("sqlite:///"))


class Databases:
    """Makes databases below one folder on a real disk, and PostgreSQL's when asked for. SQLite's
    are filled in `scratch` first, in memory where there is room: nobody measures the filling.
    """

    def __init__(self, folder: Path, scratch: Path, server: DurableServer | None) -> None:
        self.folder = folder
        self.scratch = scratch
        self.server = server

    def server_pids(self, engine: str) -> tuple[int, ...]:
        """The process beside ours that works too: PostgreSQL's server. SQLite has none."""
        return (self.server.pid,) if engine == POSTGRES and self.server else ()

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines of this run."""
        return (SQLITE, POSTGRES) if self.server else (SQLITE,)

    @property
    def postgres_version(self) -> str:
        """Release of the server, empty without one."""
        return self.server.version() if self.server else ""

    def filled(
        self, engine: str, name: str, fill: Callable[[Tools], Awaitable[T]]
    ) -> tuple[Database, T]:
        """A migrated database and what filling it returned, to be copied or put onto the disk."""
        database = self._named(engine, name, self.scratch)
        if engine == POSTGRES and self.server:
            self.server.create(name=name)
        return database, asyncio.run(_fill(database, fill))

    def more(self, database: Database, fill: Callable[[Tools], Awaitable[T]]) -> T:
        """Put more into a database; what that returned."""
        return asyncio.run(_fill(database, fill))

    def onto_disk(self, database: Database) -> Database:
        """The database where it can be measured; it is gone from where it was filled."""
        if database.engine == POSTGRES:
            return database
        moved = self._named(SQLITE, database.name, self.folder)
        for path in database.folder.iterdir():
            shutil.move(path, moved.folder / path.name)
        return moved

    def copied(self, database: Database, name: str) -> Database:
        """The same rows in another database, on the disk."""
        copy = self._named(database.engine, name, self.folder)
        if database.engine == POSTGRES and self.server:
            self.server.create(template=database.name, name=name)
        else:
            shutil.copyfile(database.path, copy.path)
        return copy

    def _named(self, engine: str, name: str, parent: Path) -> Database:
        folder = parent / f"{engine}-{name}"
        folder.mkdir()
        if engine == POSTGRES and self.server:
            return Database(engine, name, self.server.url(name), folder)
        return Database(engine, name, f"sqlite:///{folder / 'mingcha.db'}", folder)


@contextmanager
def databases(parent: Path | None, *, postgres: bool) -> Iterator[Databases]:
    """A scratch folder with everything in it, removed at the end."""
    scratch = scratch_folder("mingcha-bench-", megabytes=SCRATCH_MEGABYTES)
    with tempfile.TemporaryDirectory(prefix="mingcha-bench-", dir=parent) as made:
        folder = Path(made)
        # The database server runs as a user of its own and must be able to walk in.
        folder.chmod(0o755)
        (folder / POSTGRES).mkdir()
        server = DurableServer(folder / POSTGRES) if postgres else None
        try:
            yield Databases(folder, scratch, server)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            if server:
                server.close()


async def _fill(database: Database, fill: Callable[[Tools], Awaitable[T]]) -> T:
    await migrate(database.url)
    async with Workshop(database.settings).tools() as tools:
        return await fill(tools)
