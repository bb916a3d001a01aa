"""Answers that need not travel twice: a tag made of their content, and 304 to who has it."""

import hashlib
from typing import TypeVar

import msgspec
from litestar import Response

from inspection.web.session import WebRequest

T = TypeVar("T", bound=msgspec.Struct)

_TAG_SIGNS = 32


def tagged(request: WebRequest, said: T) -> Response[T | None]:
    """The answer with its tag; nothing but the tag where the caller names it in `if-none-match`."""
    digest = hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:_TAG_SIGNS]
    headers = {"etag": f'"{digest}"', "cache-control": "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if headers["etag"] in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        return Response(None, status_code=304, headers=headers)
    return Response(said, headers=headers)
