"""Where a round stands and what was written down about it."""

import msgspec

from inspection.persistence.audit import audit
from inspection.persistence.rounds import round_rows
from tests.rounding import CODE


async def events(code: str = CODE) -> list[tuple[str, dict]]:
    found = await round_rows.find_round(code)
    return [
        (event.action, msgspec.json.decode(event.body))
        for event in await audit.events_of("round", found.id)
    ]


async def state(code: str = CODE) -> str:
    return (await round_rows.find_round(code)).state
