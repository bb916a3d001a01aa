"""`inspection demo`: load the fictional province into an empty database."""

import argparse
from datetime import UTC, datetime

from inspection.cli.demo.province import DemoPlan, build
from inspection.cli.migration import migrate
from inspection.cli.output import Progress, language
from inspection.cli.workshop import Workshop
from inspection.persistence.health import is_empty
from inspection.wording import say

DEFAULT_STORES = 240
DEFAULT_ROUNDS = 3
DEFAULT_SEED = 2010


async def demo(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Load the province; 1 when the database already holds something."""
    await migrate(workshop, arguments)
    plan = DemoPlan(
        stores=arguments.stores,
        rounds=arguments.rounds,
        seed=arguments.seed,
        now=datetime.now(UTC),
    )
    return 0 if await _load(workshop, plan) else 1


async def load_when_empty(workshop: Workshop) -> None:
    """Load the province of the usual size unless there is data already."""
    plan = DemoPlan(
        stores=DEFAULT_STORES, rounds=DEFAULT_ROUNDS, seed=DEFAULT_SEED, now=datetime.now(UTC)
    )
    await _load(workshop, plan)


async def _load(workshop: Workshop, plan: DemoPlan) -> bool:
    spoken = language()
    async with workshop.tools() as tools:
        if not await is_empty():
            print(say(spoken, "run.kept"))
            return False
        bar = Progress(say(spoken, "run.loading"), plan.stores * plan.rounds)
        await build(tools, plan, bar.step)
    return True
