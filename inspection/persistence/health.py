"""Whether the database answers."""

from inspection.persistence.engine import DB


async def read_once() -> None:
    """One read that touches the schema. Raises StoreBusy when the database does not answer."""
    await DB.run("SELECT count(*) AS n FROM region")


async def is_empty() -> bool:
    """Whether nobody has put anything in yet."""
    rows = await DB.run("SELECT EXISTS (SELECT 1 FROM region) AS filled")
    return not rows[0]["filled"]
