"""Plans of the province's round, made without a process of their own."""

from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rounds.planning import PlanRules
from inspection.persistence.statements import run
from inspection.planning.solver import solve
from inspection.services.rounds.plan_making import keep_plan, plan_order
from inspection.services.rounds.round_planning import PlanWish, start_plan
from tests.cast import GUO, ROUND

TWICE = PlanChoice(rules=PlanRules(visits=2, lockout_days=0, vary_weekday=False, rotate=False))
"""The province's stores have a visit each; this asks for another."""


async def a_proposal(tools, by=GUO, choice=TWICE, code=ROUND, **wish) -> str:
    """A proposal that waits for its plan."""
    return await start_plan(tools, by.actor, code, PlanWish(choice=choice, **wish))


async def made(tools, proposal: str) -> bool:
    """Make the plan of a proposal, as the job does."""
    revision = int((await proposal_row(proposal))["revision"])
    asked = await plan_order(tools, proposal, revision)
    assert asked is not None
    return await keep_plan(tools, proposal, revision, asked, solve(asked))


async def a_plan(tools, by=GUO, choice=TWICE, code=ROUND, **wish) -> str:
    """A proposal with its plan."""
    proposal = await a_proposal(tools, by, choice, code, **wish)
    assert await made(tools, proposal)
    return proposal


async def proposal_row(proposal: str):
    """The proposal as it is kept."""
    (row,) = await run("SELECT * FROM round_proposal WHERE id = ?", proposal)
    return row


async def plan_rows(proposal: str) -> dict[str, tuple[str | None, str]]:
    """Who goes where, by codes, and what is said about it."""
    rows = await run(
        "SELECT s.code, a.sign_in, v.warning, v.why FROM proposed_visit v"
        " JOIN store s ON s.id = v.store LEFT JOIN account a ON a.id = v.inspector"
        " WHERE v.proposal = ?",
        proposal,
    )
    return {row["code"]: (row["sign_in"], row["warning"] or row["why"]) for row in rows}


async def row_of(proposal: str, store: str):
    """The row of a store."""
    (row,) = await run(
        "SELECT v.* FROM proposed_visit v JOIN store s ON s.id = v.store"
        " WHERE v.proposal = ? AND s.code = ?",
        proposal,
        store,
    )
    return row


def seen_of(row) -> str:
    """What a page that shows the row sends back."""
    return f"{row['inspector'] or ''} {row['day'] or ''}"
