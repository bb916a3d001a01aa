"""More inspectors: `python -m tests.e2e.hiring STORES NAME ...`, beside a running product."""

import asyncio
import itertools
import os
import sys
from collections.abc import Sequence

from inspection.domain.access import Role
from inspection.persistence.statements import run
from inspection.services.imports.assignment_plans import import_assignments
from inspection.services.people.accounts import NewAccount, create_account
from inspection.services.rounds.rounds import chosen_round
from inspection.settings import from_environment
from inspection.wiring import Workshop
from tests.e2e.product import PASSWORD


async def hire(stores_each: int, names: Sequence[str]) -> None:
    """Add inspectors who have so many stores to visit in the round that is open."""
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
        pairs = [f"{next(stores)},{name}" for name in names for _ in range(stores_each)]
        if not pairs:
            return
        sheet = "\n".join(["store,inspector", *pairs]).encode()
        report = await import_assignments(tools, (await chosen_round("")).code, sheet, by=None)
    assert report.written, report.faults


if __name__ == "__main__":
    asyncio.run(hire(int(sys.argv[1]), sys.argv[2:]))
