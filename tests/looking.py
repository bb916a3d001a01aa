"""What tests of looks at stores do over and over: lines fail, somebody goes, the desk confirms."""

import uuid
from datetime import date, timedelta
from typing import Any

from inspection.domain.rounds.coverage import today
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.rectifications import reinspections
from inspection.services.rectifications.reinspection_settling import LineOutcome, Settling, settle
from inspection.services.rectifications.reinspections import Sending
from inspection.services.tools import Tools
from inspection.services.visits.visits import Received
from tests.cast import CLUB, CLUB_VERSION, MA, WANG, Person
from tests.receiving import send
from tests.rectifying import a_reply, issued_lines, send_back
from tests.submissions import a_line, a_photo, a_submission, rubric_in, sha256_of

PICTURE = a_photo(90)


async def failed_lines(tools: Tools, name: str = "first", **parts: Any) -> tuple[LineRow, ...]:
    """The lines of a notice, each answered and returned."""
    lines = await issued_lines(tools, name, **parts)
    for at, line in enumerate(lines):
        await a_reply(tools, line.id, 60 + at)
        await send_back(tools, line.id)
    return lines


async def send_somebody(
    tools: Tools, *lines: LineRow, by: Person = WANG, to: Person = MA, **parts: Any
) -> str:
    """Somebody is sent to look at these lines within a week; the id of the look."""
    day: date = today(tools.now())
    said = Sending(
        **{
            "lines": tuple(line.id for line in lines),
            "inspector": to.account,
            "window_from": day,
            "window_to": day + timedelta(days=7),
        }
        | parts
    )
    return await reinspections.send(tools, by.actor, lines[0].id, said)


def look_id(name: str = "look") -> str:
    """The id the phone makes."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def a_look(
    look: str, *lines: LineRow, failed: tuple[str, ...] = (), **parts: Any
) -> dict[str, Any]:
    """What a phone sends of a look: everything passed but what `failed`, with its picture."""
    picture: bytes | None = parts.pop("picture", None)
    rubric = rubric_in(CLUB_VERSION)
    whole = a_submission(rubric, store=CLUB, losses=failed)
    wanted = {item for line in lines for item in line.items()}
    answers = [answer for answer in whole["answers"] if answer["item"] in wanted]
    photos = []
    for answer in answers if picture else ():
        if answer["item"] in failed and picture:
            answer["photos"] = [sha256_of(picture)]
            photos.append(a_line(answer["item"], 0, picture))
    named = {"visit": look_id(), "assignment": look, "answers": answers, "photos": photos}
    return whole | named | parts


async def send_look(tools: Tools, submission: dict[str, Any], by: Person = MA) -> Received:
    """The phone sends it."""
    return await send(tools, submission, by)


async def confirm(
    tools: Tools, look: str, *outcomes: LineOutcome, by: Person = WANG, shown: tuple[int, ...] = ()
) -> None:
    """The desk settles the lines."""
    await settle(tools, by.actor, look, Settling(lines=outcomes, shown=shown))


def passed(line: LineRow) -> LineOutcome:
    """In order."""
    return LineOutcome(line=line.id, outcome="passed", reason="现场复查合格")


def failed(line: LineRow, reason: str = "仍有破损") -> LineOutcome:
    """Still not in order."""
    return LineOutcome(line=line.id, outcome="failed", reason=reason)


def left(line: LineRow) -> LineOutcome:
    """No verdict."""
    return LineOutcome(line=line.id, outcome="left")
