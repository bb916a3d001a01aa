"""A notice whose visit is full of what no store may learn."""

from inspection.services.tools import Tools
from tests.cast import CLUB, LI
from tests.makers import Clock
from tests.releasing import approve_and_release
from tests.reviewing import a_visit, another_assignment, send_photo, sign
from tests.submissions import a_submission
from tests.web.scope import secrets
from tests.web.scope.secrets import CANARY


async def a_telling_notice(tools: Tools, clock: Clock) -> str:
    """A notice that follows from a visit full of secrets, signed; its id."""
    photo = secrets.a_telling_photo()
    await send_photo(tools, photo)
    assignment = await another_assignment(tools, LI, CLUB, "secret")
    answers = a_submission(losses=("KC-E-01", "KC-M-01"), pictures=(photo,))["answers"]
    for answer in answers:
        if answer["verdict"] == "loss":
            answer |= {"note": f"{CANARY} 原话", "reason": f"{CANARY} 理由"}
            answer["observed_at"] = secrets.VISITED.isoformat()
    visit = await a_visit(
        tools,
        "secret",
        assignment=assignment,
        losses=("KC-E-01", "KC-M-01"),
        pictures=(photo,),
        line={"taken_at": secrets.VISITED.isoformat(), "origin": "gallery"},
        answers=answers,
        **secrets.telling_parts(),
    )
    await secrets.plant()
    clock.go_on(days=5)
    outcome = await approve_and_release(tools, visit)
    return (await sign(tools, outcome.notice)).id
