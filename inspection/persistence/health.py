"""Whether the database answers."""

from inspection.persistence.engine import DB


async def read_once() -> None:
    """One read that touches the schema. Raises StoreBusy when the database does not answer."""
    await DB.run("SELECT count(*) AS n FROM region")
