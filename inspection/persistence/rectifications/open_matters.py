"""What is still open in a round."""

import msgspec

from inspection.domain.rounds.round_lock import OpenMatters
from inspection.persistence.statements import run


async def open_matters(round_id: str) -> OpenMatters:
    """How much of it; nothing of a pilot's visits waits for a store."""
    rows = await run(
        "SELECT (SELECT count(*) FROM visit WHERE round = ? AND state = 'submitted') AS reviews,"
        " (SELECT count(*) FROM visit WHERE round = ? AND state = 'approved') AS releases,"
        " (SELECT count(*) FROM appeal WHERE round = ? AND decided_at IS NULL"
        " AND withdrawn_at IS NULL) AS appeals",
        round_id,
        round_id,
        round_id,
    )
    return msgspec.convert(rows[0], OpenMatters)
