"""What a store lost in a round, down to the single deduction and its photo."""

import msgspec
from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.services.rankings.store_losses import losses_of_store
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.pages.rankings.units import Code
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of


class LossesQuery(msgspec.Struct, frozen=True):
    """Which round; the latest unless said."""

    round: Code = ""


@get("/stores/{code:str}/losses", opt=needs(Action.STORE_READ))
async def show_losses(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """Every deduction of the store in the round."""
    query = query_of(request, LossesQuery, unknown=Unknown.IGNORED)
    found = await losses_of_store(actor_of(request), code, query.round)
    return page(request, "store-losses.html", {"found": found})


ROUTES = [show_losses]
