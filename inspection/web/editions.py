"""Pages that need not be made twice: a tag of everything they say."""

import hashlib
import secrets
from typing import Any

import msgspec
from litestar import Response

from inspection.web.bell import unread_of
from inspection.web.languages import language_of
from inspection.web.session import WebRequest, csrf_token_of
from inspection.web.tags import already_known

_TAG_SIGNS = 32
_STARTED = secrets.token_hex(8)
"""Another release may say the same in other words: what an earlier process made is asked anew."""


def edition_tag(request: WebRequest, *said: object) -> str:
    """The tag of a page that says `said`, to this caller, in this language, at this address, beside
    the caller's bell.
    """
    facts = (
        *(_STARTED, str(request.url), csrf_token_of(request), language_of(request).value),
        *(unread_of(request), *said),
    )
    digest = hashlib.sha256(msgspec.json.encode(facts)).hexdigest()[:_TAG_SIGNS]
    # Weak: the clock on the page may be older than the answer.
    return f'W/"{digest}"'


def known_page(request: WebRequest, tag: str) -> Response[Any] | None:
    """Nothing but the head, where the caller names its tag."""
    return already_known(request, _headers(tag))


def tagged_page(answer: Response[str], tag: str) -> Response[str]:
    """The page with its tag."""
    answer.headers.update(_headers(tag))
    return answer


def _headers(tag: str) -> dict[str, str]:
    return {"etag": tag, "cache-control": "private, no-cache", "vary": "cookie, accept-language"}
