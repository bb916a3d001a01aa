"""A store's own appeals, for its phones: everything in them was copied from an allow-list."""

import msgspec
from litestar import Response, get

from inspection.domain.access import Action
from inspection.services.appeals.appeal_results import StoreAppeal
from inspection.services.appeals.store_appeals import appeals_to_keep
from inspection.web.api.tagged import tagged
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of


class StoreAppealsOut(msgspec.Struct, frozen=True):
    """The store's appeals whole, latest first, with what was said about each."""

    appeals: tuple[StoreAppeal, ...]


@get("/api/store-appeals", opt=needs(Action.APPEAL_FILE))
async def list_store_appeals(request: WebRequest) -> Response[StoreAppealsOut | None]:
    """What the caller's store disputed, and what became of it."""
    return tagged(request, StoreAppealsOut(await appeals_to_keep(actor_of(request))))


ROUTES = [list_store_appeals]
