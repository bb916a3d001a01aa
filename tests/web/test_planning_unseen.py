"""Nothing of what is planned reaches a store before it is released: in a world where a round is
drafted, approved, scheduled, and its visits moved about, the store gets the same to the last byte.
"""

import pytest

from inspection.domain.access import Action, Role, granted
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.persistence.statements import run
from inspection.services.rounds import assignment_changes, round_decisions
from inspection.services.rounds.scheduled_rounds import make_due_rounds
from inspection.web.guards import OPEN_TO_ALL
from tests.cast import ANNING_HALL, CHEN, CLUB, GUO, HALL, LI, MA, ROUND, WANG, assignment_id
from tests.habits.routes import PLACES, routes_of
from tests.reviewing import an_issued
from tests.rounding import CODE, HE, a_schedule, a_submitted
from tests.services.rounds.changed_assignments import give, ticked

PLANNING = frozenset(
    {
        Action.ROUND_READ,
        Action.ROUND_EDIT,
        Action.ROUND_DECIDE,
        Action.ROUND_LOCK,
        Action.ASSIGNMENT_EDIT,
        Action.SCHEDULE_EDIT,
    }
)


def open_to_stores(app) -> list[str]:
    """What a store can read without knowing an id."""
    return [
        route.path
        for route in routes_of(app)
        if route.method == "GET"
        and "{" not in route.path
        and (granted(Role.STORE_STAFF, route.action) or route.action in OPEN_TO_ALL)
    ]


async def told(chen, app, notice: str) -> dict[str, tuple[int, bytes]]:
    """Everything the store gets to read."""
    paths = [*open_to_stores(app), f"/notices/{notice}", f"/notices?round={CODE}"]
    answers = {path: await chen.get(path) for path in paths}
    return {path: (answer.status_code, answer.content) for path, answer in answers.items()}


async def plan_everything(tools) -> None:
    """A round on its way to being open, schedules and their drafts, visits moved about."""
    await a_submitted(tools)
    await round_decisions.decide_round(tools, HE.actor, CODE, RoundVerdict.APPROVED, "", 2)
    await a_schedule(tools)
    await make_due_rounds(tools)
    club, hall = assignment_id(LI, CLUB), assignment_id(MA, ANNING_HALL)
    await give(tools, club, to=MA)
    (new,) = await run("SELECT id FROM assignment WHERE replaces = ?", club)
    until = (await run("SELECT ends_on FROM round WHERE code = ?", ROUND))[0]["ends_on"]
    await assignment_changes.extend(tools, GUO.actor, ROUND, await ticked(str(new["id"])), until)
    await assignment_changes.cancel(tools, WANG.actor, ROUND, await ticked(hall), "停业")


async def test_a_store_reads_the_same_whatever_is_planned(signed_in, tools, app):
    issued = await an_issued(tools, "told", store=HALL, losses=("KH-V-04",))
    await run("UPDATE account SET store = ? WHERE id = ?", f"store-{HALL}", CHEN.account)
    chen = await signed_in(CHEN)
    # The first look delivers a notice, which its lists say.
    await chen.get(f"/notices/{issued.id}")
    before = await told(chen, app, issued.id)
    assert before[f"/notices/{issued.id}"][0] == 200
    await plan_everything(tools)
    assert await told(chen, app, issued.id) == before


@pytest.mark.parametrize("person", [CHEN, LI])
async def test_no_page_of_the_planners_opens_for_a_store_or_an_inspector(
    signed_in, tools, app, person
):
    await plan_everything(tools)
    somebody = await signed_in(person)
    asked = [route for route in routes_of(app) if route.action in PLANNING]
    assert len(asked) > 20
    for route in asked:
        path = route.path.replace("{code:str}", ROUND)
        path = path if "{" not in path else route.address_with(PLACES["code"])
        answer = await somebody.send(route.method, path)
        assert answer.status_code == 403, (route, answer.text)
        assert CODE not in answer.text
