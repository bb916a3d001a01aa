"""`inspection jobs`: work that failed for good, and trying it again."""

import argparse

from inspection.cli.output import language
from inspection.cli.workshop import Workshop
from inspection.services.dead_jobs import list_dead_jobs, revive_job
from inspection.wording import say


async def list_dead(workshop: Workshop, _: argparse.Namespace) -> int:
    """One line per dead job with its key and its last fault, latest first."""
    async with workshop.tools():
        dead = await list_dead_jobs()
    for job in dead:
        last = job.fault.strip().splitlines()[-1:] or [""]
        print(f"{job.key}  {last[0]}")
    if not dead:
        print(say(language(), "jobs_command.none"))
    return 0


async def revive(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Put a dead job back in the queue."""
    async with workshop.tools() as tools:
        await revive_job(tools, arguments.key)
    print(say(language(), "jobs_command.revived", key=arguments.key))
    return 0
