"""Databases to measure on: migrated, filled once through the product, then copied as files."""

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

T = TypeVar("T")

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
    """Makes databases below one folder on a real disk, and PostgreSQL's when asked for."""

    def __init__(self, folder: Path, server: DurableServer | None) -> None:
        self.folder = folder
        self.server = server

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
        """A migrated database and what filling it returned. It is closed again."""
        database = self._named(engine, name)
        if engine == POSTGRES and self.server:
            self.server.create(name=name)
        return database, asyncio.run(_fill(database, fill))

    def more(self, database: Database, fill: Callable[[Tools], Awaitable[T]]) -> T:
        """Put more into a database; what that returned."""
        return asyncio.run(_fill(database, fill))

    def copied(self, database: Database, name: str) -> Database:
        """The same rows in another database."""
        copy = self._named(database.engine, name)
        if database.engine == POSTGRES and self.server:
            self.server.create(template=database.name, name=name)
        else:
            shutil.copyfile(database.path, copy.path)
        return copy

    def _named(self, engine: str, name: str) -> Database:
        folder = self.folder / f"{engine}-{name}"
        folder.mkdir()
        if engine == POSTGRES and self.server:
            return Database(engine, name, self.server.url(name), folder)
        return Database(engine, name, f"sqlite:///{folder / 'mingcha.db'}", folder)


@contextmanager
def databases(parent: Path | None, *, postgres: bool) -> Iterator[Databases]:
    """A scratch folder with everything in it, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="mingcha-bench-", dir=parent) as made:
        folder = Path(made)
        # The database server runs as a user of its own and must be able to walk in.
        folder.chmod(0o755)
        (folder / POSTGRES).mkdir()
        server = DurableServer(folder / POSTGRES) if postgres else None
        try:
            yield Databases(folder, server)
        finally:
            if server:
                server.close()


async def _fill(database: Database, fill: Callable[[Tools], Awaitable[T]]) -> T:
    await migrate(database.url)
    async with Workshop(database.settings).tools() as tools:
        return await fill(tools)
