"""`inspection demo`: load the fictional province into an empty database."""

import argparse
import sys
from datetime import UTC, date, datetime, time

from inspection.cli.demo.demo_plan import (
    DEFAULT_ROUNDS,
    DEFAULT_SEED,
    DEFAULT_STORES,
    LEAST_STORES,
    STORY_HOUR,
    DemoPlan,
)
from inspection.cli.demo.province import build
from inspection.cli.migration import migrate
from inspection.cli.output import Progress, language
from inspection.cli.workshop import Workshop
from inspection.domain.deadline import SHANGHAI
from inspection.persistence.health import is_empty
from inspection.wording import say


async def demo(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Load the province; 1 for a size or a day it cannot have, or a database that holds data."""
    now = datetime.now(UTC)
    if fault := _fault(arguments, now):
        sys.stderr.write(fault + "\n")
        return 1
    await migrate(workshop, arguments)
    plan = DemoPlan(
        stores=arguments.stores,
        rounds=arguments.rounds,
        seed=arguments.seed,
        now=story_now(arguments.today, now),
    )
    return 0 if await _load(workshop, plan) else 1


def story_now(today: date | None, now: datetime) -> datetime:
    """The fixed hour of the day the story ends at, or the hour that has begun before that."""
    ends = datetime.combine(today or _today(now), time(STORY_HOUR), SHANGHAI)
    return min(ends.astimezone(UTC), now.replace(minute=0, second=0, microsecond=0))


async def load_when_empty(workshop: Workshop) -> None:
    """Load the province of the usual size unless there is data already."""
    plan = DemoPlan(
        stores=DEFAULT_STORES,
        rounds=DEFAULT_ROUNDS,
        seed=DEFAULT_SEED,
        now=story_now(None, datetime.now(UTC)),
    )
    await _load(workshop, plan)


def _fault(arguments: argparse.Namespace, now: datetime) -> str:
    spoken = language()
    if arguments.stores < LEAST_STORES:
        return say(spoken, "demo.stores_too_few", least=LEAST_STORES)
    if arguments.rounds < 1:
        return say(spoken, "demo.rounds_too_few")
    if arguments.today and arguments.today > _today(now):
        return say(spoken, "demo.today_to_come", today=_today(now))
    return ""


def _today(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


async def _load(workshop: Workshop, plan: DemoPlan) -> bool:
    spoken = language()
    async with workshop.tools() as tools:
        if not await is_empty():
            print(say(spoken, "run.kept"))
            return False
        bar = Progress(say(spoken, "run.loading"), plan.errands)
        await build(tools, plan, bar.step)
    return True
