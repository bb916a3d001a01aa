"""The demo province: a seed and a day in, the same stores, visits, rankings and notices out."""

from collections.abc import Callable
from random import Random

from inspection.cli.demo.calendar import other_rounds, plan_rounds
from inspection.cli.demo.chance import SeededIds, StoryClock, story_tools
from inspection.cli.demo.chapter import Chapter
from inspection.cli.demo.demo_plan import DemoPlan
from inspection.cli.demo.reporting import report_round, report_weeks, reporting_tools
from inspection.cli.demo.second_looks import look_again
from inspection.cli.demo.settling import settle, verify_contacts
from inspection.cli.demo.story import Memory
from inspection.domain.deadline import SHANGHAI
from inspection.services.tools import Tools


async def build(tools: Tools, plan: DemoPlan, step: Callable[[int], None]) -> None:
    """Write the province into an empty database; `step` counts finished errands."""
    random = Random(plan.seed)  # noqa: S311 - a story, not a secret
    ids, clock = SeededIds(random), StoryClock(plan.now)
    told = story_tools(tools, clock, ids)
    reporting = reporting_tools(tools, clock, plan.seed)
    settled = await settle(told, ids, random, plan.stores)
    previous: str | None = None
    memory = Memory(random)
    rounds = plan_rounds(plan.now.astimezone(SHANGHAI).date(), plan.rounds)
    for round_ in rounds:
        chapter = Chapter(told, clock, ids, random, memory, plan.now, settled, step)
        previous = await chapter.write(round_, previous)
        if round_ in rounds[-2:-1]:
            await report_round(reporting, clock, settled, round_)
    # Told last, though they happened before: the story of the open round stays as it is.
    for round_ in other_rounds(rounds):
        chapter = Chapter(told, clock, ids, random, memory, plan.now, settled, step)
        await chapter.write(round_, None)
    clock.at = plan.now
    await report_weeks(reporting, settled)
    await look_again(reporting, settled, Random(plan.seed))  # noqa: S311 - a story, not a secret
    await verify_contacts(settled, plan.now)
