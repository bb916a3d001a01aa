"""Photos and documents as files: private to the browser that may see them, never reinterpreted."""

import hashlib
from urllib.parse import quote

from litestar import Response

from inspection.web.session import WebRequest
from inspection.web.tags import already_known

KEPT = "private, max-age=31536000, immutable"
"""What an address with a digest in it leads to never changes."""

ASKED_AGAIN = "private, no-cache"

# The PDF viewer of some browsers is a page made of inline styles and a plugin: it obeys the policy
# sent with the document and would stay blank under ours. A PDF is no page of ours.
DOCUMENT_POLICY = "frame-ancestors 'none'"


def jpeg(content: bytes) -> Response[bytes]:
    """A clean copy of a photo, at an address with its digest in it."""
    return Response(content, media_type="image/jpeg", headers={"cache-control": KEPT})


def placed_jpeg(request: WebRequest, content: bytes) -> Response[bytes]:
    """The same at an address that says its place only: another photo may come to stand there."""
    # Not the digest photos are known by here: that names rows nobody outside is told of.
    tag = hashlib.blake2b(content, digest_size=16).hexdigest()
    headers = {"cache-control": ASKED_AGAIN, "etag": f'"{tag}"'}
    return _unless_known(request, Response(content, media_type="image/jpeg", headers=headers))


def pdf(request: WebRequest, content: bytes, sha256: str, name: str) -> Response[bytes]:
    """A document that opens in the browser and is saved under its own name, or, by programs that
    read Latin letters alone, under the last word of its address.
    """
    plain = request.scope["path"].rpartition("/")[2]
    headers = {
        "cache-control": ASKED_AGAIN,
        "content-disposition": f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "content-security-policy": DOCUMENT_POLICY,
        "etag": f'"{sha256}"',
    }
    return _unless_known(request, Response(content, media_type="application/pdf", headers=headers))


def _unless_known(request: WebRequest, answer: Response[bytes]) -> Response[bytes]:
    return already_known(request, answer.headers) or answer
