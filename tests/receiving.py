"""What tests of receiving do over and over: send, look, return, lock."""

from typing import Any

from inspection.domain.access import Actor
from inspection.persistence import tables
from inspection.persistence.statements import run
from inspection.services.tools import Tools
from inspection.services.visits.visits import Received, receive_visit
from tests.cast import EARLIER_ROUND, LI, SUN, Person, round_id
from tests.submissions import VISIT, encoded, sha256_of


async def send(tools: Tools, submission: dict[str, Any], by: Person = LI) -> Received:
    """Send a submission to the address it names."""
    content = encoded(submission)
    visit, attempt = submission["visit"], submission["attempt"]
    return await send_bytes(tools, content, by=by.actor, visit=visit, attempt=attempt)


async def send_bytes(
    tools: Tools, content: bytes, *, by: Actor = LI.actor, visit: str = VISIT, attempt: int = 1
) -> Received:
    """Send any bytes to any address."""
    return await receive_visit(tools, by, visit, attempt, content, sha256_of(content))


async def rows_of(table: str, order: str = "id") -> list[dict[str, Any]]:
    """Everything in a table."""
    return await run(f"SELECT * FROM {table} ORDER BY {order}")


async def return_visit(tools: Tools, visit: str = VISIT, reason: str = "照片看不清") -> None:
    """Send a visit back to its inspector, the way a review does."""
    (row,) = await run("SELECT assignment, attempt FROM visit WHERE id = ?", visit)
    await run("UPDATE visit SET state = 'returned' WHERE id = ?", visit)
    await run("UPDATE assignment SET state = 'returned' WHERE id = ?", row["assignment"])
    await tables.Review.insert(
        tables.Review(
            id=tools.new_id(),
            visit=visit,
            attempt=row["attempt"],
            reviewer=SUN.account,
            decision="return",
            reason=reason,
            decided_at=tools.now(),
        )
    )


async def lock_in_earlier_round(visit: str = VISIT) -> None:
    """Make an accepted visit one of the round before, which is locked."""
    await run(
        "UPDATE visit SET state = 'locked', round = ? WHERE id = ?", round_id(EARLIER_ROUND), visit
    )
