"""SQLite's one writer, held up, and what it wrote."""

import asyncio
import threading

from inspection.persistence.engine import DB
from inspection.persistence.engines.sqlite_requests import Request


async def texts():
    return [row["text"] for row in await DB.run("SELECT text FROM note ORDER BY id")]


def add(text):
    return DB.run("INSERT INTO note (text) VALUES (?)", (text,))


async def held_up(writer, *work):
    """Let work queue up behind a writer that is busy, then let it go."""
    DB.engine._writes.put(pause := Pause())
    await asyncio.to_thread(pause.began.wait)
    tasks = [asyncio.ensure_future(each) for each in work]
    # All of them have begun to wait before our own waiting begins.
    await asyncio.sleep(0)
    await asyncio.sleep(0.02)
    pause.go.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


class Pause(Request):
    """Something that keeps the writer busy until told otherwise."""

    __slots__ = ("began", "go")

    def __init__(self):
        super().__init__("PRAGMA user_version")
        self.began, self.go = threading.Event(), threading.Event()

    def run(self, connection):
        self.began.set()
        self.go.wait(10)
        super().run(connection)
