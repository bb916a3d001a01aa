"""Bodies and query strings of requests, read strictly or refused with the places that are wrong."""

from typing import TypeVar

import msgspec

from inspection.domain.decoding import decode
from inspection.domain.form import Unknown, decode_form
from inspection.domain.refusals import MediaTypeRefused
from inspection.web.bodies import media_type_of, read_body
from inspection.web.session import WebRequest

T = TypeVar("T", bound=msgspec.Struct)

JSON = "application/json"
JSON_LIMIT = 1_000_000
QUERY_LIMIT = 4_000


async def json_of(request: WebRequest, type_: type[T], *, limit: int = JSON_LIMIT) -> T:
    """The JSON body as a struct. Raises MediaTypeRefused, BodyTooLarge or BodyRefused."""
    return decode(await json_bytes_of(request, limit=limit), type_, limit=limit)


async def json_bytes_of(request: WebRequest, *, limit: int = JSON_LIMIT) -> bytes:
    """The JSON body as sent, for those who keep or hash the very bytes."""
    if media_type_of(request) != JSON:
        raise MediaTypeRefused(wanted=JSON)
    return await read_body(request, limit=limit)


def query_of(request: WebRequest, type_: type[T], *, unknown: Unknown = Unknown.REFUSED) -> T:
    """The query string as a struct; pages pass Unknown.IGNORED. Raises BodyRefused."""
    # A link that was passed on may end in "&": what says nothing is nothing wrong.
    query: bytes = b"&".join(filter(None, request.scope["query_string"].split(b"&")))
    return decode_form(query, type_, limit=QUERY_LIMIT, unknown=unknown, beside=("lang",))
