"""Addresses with their query strings, built in one place so that nothing is ever half encoded."""

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, urlencode

from litestar.response import Redirect

from inspection.web.languages import PARAMETER
from inspection.web.session import Connection

SAID = "said"

NOTHING: Mapping[str, object] = MappingProxyType({})

_PASSING = frozenset({PARAMETER, SAID})
"""What an address says about one showing of a page, not about the page."""


def address(path: str, query: Mapping[str, object] = NOTHING, /, **changes: object) -> str:
    """The path with those parts of the query that say something, some of them changed."""
    said = {name: value for name, value in {**query, **changes}.items() if value not in ("", None)}
    return f"{path}?{urlencode(said)}" if said else path


def this_page(connection: Connection, *, path: str = "", **query: object) -> str:
    """The address of the page being shown, with other words in its query. A page shown in answer
    to a form passes the path it can be read at.
    """
    if path:
        return address(path, **query)
    sent = parse_qsl(connection.scope["query_string"].decode("latin-1"))
    kept = {name: value for name, value in sent if name not in _PASSING}
    return address(quote(connection.scope["path"]), kept, **query)


def then(path: str, said: str, *, spot: str = "") -> Redirect:
    """Where a form leads when it was accepted, what is said there, and what is looked at."""
    return Redirect(address(path, said=said) + (f"#{spot}" if spot else ""), status_code=303)
