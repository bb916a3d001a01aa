"""A worker that signs notices until there are none left; whoever runs it may kill it any time.

`python -m tests.faults.signing_worker URL FOLDER WHO PLACE OF`: signs every OF-th notice from
PLACE on, then whatever the others have left.
"""

import asyncio
import sys

from inspection.domain.refusals import MoveRefused, StoreBusy
from inspection.persistence.engine import close_database, open_database
from inspection.persistence.statements import run
from inspection.services.notices.notice_signing import sign_notice
from inspection.services.tools import Tools
from inspection.settings import Settings
from inspection.wiring import tools_of
from tests.cast import GUO, WANG

SIGNERS = {person.sign_in: person for person in (WANG, GUO)}


async def sign_all(tools: Tools, who: str, place: int, of: int) -> None:
    """Sign one's own share first, then what is left."""
    waiting = await _waiting()
    share = [notice for n, notice in enumerate(waiting) if n % of == place]
    for notice in share:
        await _sign(tools, who, notice)
    while left := await _waiting():
        for notice in left[:of]:
            await _sign(tools, who, notice)


async def _waiting() -> list[str]:
    rows = await run("SELECT id FROM notice WHERE state = 'pending_signoff' ORDER BY id")
    return [str(row["id"]) for row in rows]


async def _sign(tools: Tools, who: str, notice: str) -> None:
    try:
        await sign_notice(tools, SIGNERS[who].actor, notice)
    except MoveRefused:
        return  # somebody else was faster
    except StoreBusy:
        await asyncio.sleep(0.05)


async def main(url: str, folder: str, who: str, place: int, of: int) -> None:
    """Open, sign, close."""
    tools = tools_of(Settings(database_url=url, data_dir=folder))
    await open_database(url, pool_min=1, pool_max=2)
    try:
        await sign_all(tools, who, place, of)
    finally:
        tools.passwords.close()
        await close_database()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4], *map(int, sys.argv[4:6])))
