"""A private PostgreSQL for one test run: its own folder, its own socket, gone at the end."""

import asyncio
import os
import pwd
import shutil
import subprocess
import threading
from collections.abc import Coroutine
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from tests.scratch import scratch_folder

MISSING = (
    "The tests need PostgreSQL's server: apt-get install postgresql. "
    "For a quick run without it: TEST_DATABASES=sqlite."
)
SUPERUSER = "postgres"


def binaries() -> Path | None:
    """The newest installed folder of server programs, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).parent if on_path else None


class PostgresServer:
    """A running cluster. Durability is off unless asked for: tests start from empty anyway."""

    def __init__(self, *, durable: bool = False, folder: Path | None = None) -> None:
        programs = binaries()
        if programs is None:
            raise RuntimeError(MISSING)
        self._programs = programs
        self.folder = folder or scratch_folder("mingcha-pg-", megabytes=250)
        self.data = self.folder / "data"
        self._names = count(1)
        if os.geteuid() == 0:
            user = pwd.getpwnam(SUPERUSER)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self.folder.chmod(0o755)
        try:
            flags = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
            self._program("initdb", "-D", str(self.data), "-U", SUPERUSER, *flags)
            self.durable = durable
            self.start()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._connect()

    def _connect(self) -> None:
        self._admin: asyncpg.Connection = self._await(asyncpg.connect(self.url("postgres")))

    def start(self) -> None:
        """Start the server; only its socket listens, no port."""
        lasting = "" if self.durable else " -c fsync=off -c full_page_writes=off"
        options = f"-c listen_addresses= -k {self.folder} -c max_connections=200{lasting}"
        log = ["-l", str(self.folder / "log")]
        self._program("pg_ctl", "-D", str(self.data), "-w", "-o", options, *log, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `fast` politely, `immediate` as if the power had failed."""
        self._program("pg_ctl", "-D", str(self.data), "-w", "-m", mode, "stop")

    def leave(self) -> None:
        """Let go of the maintenance database and of the thread that speaks with it."""
        self._await(self._admin.close(timeout=5))
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def restart(self, mode: str) -> None:
        """Stop and start again; `immediate` makes it recover from its log."""
        self._await(self._admin.close(timeout=5))
        self.stop(mode)
        self.start()
        self._connect()

    def url(self, name: str) -> str:
        """The DATABASE_URL of one of its databases."""
        return f"postgresql://{SUPERUSER}@/{name}?host={self.folder}"

    def create(self, template: str = "template0", name: str | None = None) -> str:
        """Create a database as a copy of another; returns its name."""
        name = name or f"copy_{next(self._names)}"
        self.admin(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever is still connected."""
        self.admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def admin(self, sql: str, *args: object) -> list[dict[str, Any]]:
        """Run a statement as superuser in the maintenance database."""
        return [dict(row) for row in self._await(self._admin.fetch(sql, *args))]

    def close(self) -> None:
        """Stop it and remove its folder."""
        try:
            self.leave()
            self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _await(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    def _program(self, name: str, *arguments: str) -> None:
        command = [str(self._programs / name), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", SUPERUSER, "--", *command]
        nothing = subprocess.DEVNULL
        done = subprocess.run(
            command,
            cwd="/",
            stdin=nothing,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            msg = f"{name} failed: {done.stderr or done.stdout}"
            raise RuntimeError(msg)
