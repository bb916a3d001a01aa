"""How many messages the caller has not read, looked up once per page."""

from inspection.services.messages import inbox
from inspection.web.session import Caller, Connection

_WITHOUT = ("/api/", "/evidence/", "/static/")
"""What is not a page, or is fetched by the dozen for one."""

_UNREAD = "unread"


async def note_unread(connection: Connection, caller: Caller) -> None:
    """Keep the number beside the request, for the bell on the page it answers with."""
    if not connection.scope["path"].startswith(_WITHOUT):
        connection.scope["state"][_UNREAD] = await inbox.unread(caller.actor)


def unread_of(connection: Connection) -> int:
    """The number; none where it was not looked up."""
    found: int = connection.scope["state"].get(_UNREAD, 0)
    return found
