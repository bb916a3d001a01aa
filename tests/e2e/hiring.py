"""More inspectors for a running product: `python -m tests.e2e.hiring NAME ...`, as it is set up."""

import asyncio
import itertools
import os
import sys
from collections.abc import Sequence

from inspection.domain.access import Role
from inspection.persistence.statements import run
from inspection.services.accounts import NewAccount, create_account
from inspection.services.assignment_plans import import_assignments
from inspection.services.rounds import chosen_round
from inspection.settings import from_environment
from inspection.wiring import Workshop
from tests.e2e.product import PASSWORD

STORES_EACH = 2


async def hire(names: Sequence[str]) -> None:
    """Add inspectors who have stores to visit in the round that is open."""
    async with Workshop(from_environment(os.environ)).tools() as tools:
        for name in names:
            new = NewAccount(
                sign_in=name,
                name=f"新来的{name}",
                role=Role.INSPECTOR,
                password=PASSWORD,
                pseudonym=f"N-{name}",
            )
            await create_account(tools, new)
        stores = itertools.cycle([row["code"] for row in await run("SELECT code FROM store")])
        pairs = [f"{next(stores)},{name}" for name in names for _ in range(STORES_EACH)]
        sheet = "\n".join(["store,inspector", *pairs]).encode()
        report = await import_assignments(tools, (await chosen_round("")).code, sheet, by=None)
    assert report.written, report.faults


if __name__ == "__main__":
    asyncio.run(hire(sys.argv[1:]))
