"""`inspection round`: open a round, lock it, list them all."""

import argparse

from inspection.cli.output import language
from inspection.cli.workshop import Workshop
from inspection.domain.rounds.round_plan import RoundPlan
from inspection.domain.rubrics.rubric import Text
from inspection.services.rounds import round_plans
from inspection.services.rounds.round_plans import ListedRound
from inspection.wording import Language, say


async def open_round(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Open a round by the latest published rubrics and say which kinds of store they are for."""
    plan = RoundPlan(
        code=arguments.code,
        name=Text(arguments.zh, arguments.en),
        visit_kind=arguments.kind,
        starts_on=arguments.starts_on,
        ends_on=arguments.ends_on,
        min_visits=arguments.min_visits,
        disclose_day=arguments.disclose_day,
        previous=arguments.previous,
    )
    async with workshop.tools() as tools:
        opened = await round_plans.open_round(tools, plan)
    spoken = language()
    words = [say(spoken, f"store_kind.{kind}") for kind in opened.store_kinds]
    kinds = say(spoken, "list.comma").join(words)
    print(say(spoken, "round_command.opened", round=plan.code, kinds=kinds))
    return 0


async def lock_round(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Let the round's published results stand as they are."""
    async with workshop.tools() as tools:
        await round_plans.lock_round(tools, arguments.code, reason=arguments.reason)
    print(say(language(), "round_command.locked", round=arguments.code))
    return 0


async def list_rounds(workshop: Workshop, _: argparse.Namespace) -> int:
    """One line per round, latest first."""
    async with workshop.tools():
        found = await round_plans.list_rounds()
    for one in found:
        print(_line(one))
    if not found:
        print(say(language(), "round_command.none"))
    return 0


def _line(one: ListedRound) -> str:
    spoken = language()
    state = say(spoken, f"state.{one.state.value}")
    name = one.name_en if spoken is Language.EN else one.name_zh
    return f"{one.code}  {state}  {one.starts_on}  {one.ends_on}  {name}"
