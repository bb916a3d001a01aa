"""What waits for the caller, counted before a page is made so that its menu says it."""

from inspection.services.rounds.awaited_decisions import Awaited, awaited_of
from inspection.web.problems import wants_json
from inspection.web.session import Connection, WebRequest, caller_of

_COUNTED = "awaited"


async def count_awaited(request: WebRequest) -> None:
    """Before any handler: only pages have a menu, and only some people decide."""
    if (caller := caller_of(request)) and not wants_json(request):
        request.scope["state"][_COUNTED] = await awaited_of(caller.actor)


def counts_in(connection: Connection) -> dict[str, int]:
    """What was counted, by the place in the menu where it waits; nothing where nothing was."""
    found: Awaited = connection.scope["state"].get(_COUNTED) or Awaited()
    return {
        "nav.rounds": found.rounds,
        "nav.rubrics": found.rubric_drafts,
        "nav.appeals": found.appeals,
        "nav.notices": found.notices,
        "nav.inspections": found.visits,
        "nav.rectifications": found.replies,
        "nav.parked": found.parked,
    }
