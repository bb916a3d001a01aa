"""Pages made of a ranked list: 304 to who has them, and what is said before there is any round."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
from litestar import Response

from inspection.domain.access import Actor
from inspection.domain.org.region_path import own_part
from inspection.domain.refusals import NotFound
from inspection.services.rankings import rankings
from inspection.services.rankings.ranking_lists import list_edition
from inspection.services.rankings.ranking_results import ListWanted
from inspection.web.editions import edition_tag, known_page, tagged_page
from inspection.web.pages.awaited import counts_in
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of

Asked = TypeVar("Asked", bound=ListWanted)


def in_own_part(actor: Actor, asked: Asked) -> Asked:
    """What somebody may see of a list whose address was passed on to them from above: their own
    part of it. A region beside their own stays what it is, and is not found.
    """
    part = own_part(asked.region_path, actor.region_path)
    return msgspec.structs.replace(asked, region_path=part)


async def listed_page(
    request: WebRequest, asked: ListWanted, made: Callable[[], Awaitable[Response[str]]]
) -> Response[str]:
    """The page as it is made, unless the caller has it. Raises NotFound for what is not there."""
    actor = actor_of(request)
    try:
        edition = await list_edition(actor, asked)
    except NotFound:
        if await rankings.round_choices(actor):
            raise
        return page(request, "no-rounds.html", {})
    tag = edition_tag(request, edition, counts_in(request))
    return known_page(request, tag) or tagged_page(await made(), tag)
