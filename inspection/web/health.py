"""Whether this process answers and reaches its database: for whoever keeps it running."""

from litestar import get

from inspection.domain.access import Action
from inspection.persistence import health
from inspection.web.guards import needs


@get("/healthz", opt=needs(Action.PUBLIC), status_code=200)
async def healthz() -> dict[str, str]:
    """Say ok after one read of the database; StoreBusy is the answer otherwise."""
    await health.read_once()
    return {"status": "ok"}
