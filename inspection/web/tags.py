"""Answers that need not travel twice: 304 to whoever names the tag of what stands there."""

from collections.abc import Mapping
from typing import Any

from litestar import Response

from inspection.web.session import WebRequest


def already_known(request: WebRequest, headers: Mapping[str, str]) -> Response[Any] | None:
    """Nothing but the head, where the caller names its tag in `if-none-match`."""
    if not names_tag(request.headers.get("if-none-match", ""), headers["etag"]):
        return None
    return Response(None, status_code=304, headers=dict(headers))


def names_tag(known: str, tag: str) -> bool:
    """Whether one of the tags a caller has is this one; weak or not, as RFC 9110 compares them."""
    bare = tag.removeprefix("W/")
    return bare in (each.strip().removeprefix("W/") for each in known.split(","))
