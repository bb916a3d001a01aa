"""Deliveries, and what was attempted of them."""

from inspection.persistence.statements import run
from tests.receiving import rows_of

FACTS = {"number": "1", "store": "东方红", "line": 1, "item": "c1"}


async def delivered(channel):
    return await run("SELECT * FROM delivery WHERE channel = ? ORDER BY created_at, id", channel)


async def attempted():
    return [(row["outcome"], row["code"]) for row in await rows_of("delivery_attempt", "id")]
