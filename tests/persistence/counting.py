"""A counter in a table, read and set."""

import asyncio
import sys

from inspection.persistence.tables import NoticeCounter


async def count():
    (row,) = await NoticeCounter.select(NoticeCounter.last).where(NoticeCounter.key == "n")
    return row["last"]


async def set_to(number):
    await NoticeCounter.update({NoticeCounter.last: number}).where(NoticeCounter.key == "n")


async def python(script, *arguments):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, *arguments, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return out
