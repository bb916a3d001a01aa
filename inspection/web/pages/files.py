"""Photos and documents as files: private to the browser that may see them, never reinterpreted."""

from urllib.parse import quote

from litestar import Response

from inspection.domain.refusals import NotFound
from inspection.web.session import WebRequest

KEPT = "private, max-age=31536000, immutable"
"""What an address with a digest in it leads to never changes."""

ASKED_AGAIN = "private, no-cache"

# The PDF viewer of some browsers is a page made of inline styles and a plugin: it obeys the policy
# sent with the document and would stay blank under ours. A PDF is no page of ours.
DOCUMENT_POLICY = "frame-ancestors 'none'"


def jpeg(content: bytes) -> Response[bytes]:
    """A clean copy of a photo."""
    return Response(content, media_type="image/jpeg", headers={"cache-control": KEPT})


def pdf(request: WebRequest, content: bytes, sha256: str, name: str) -> Response[bytes]:
    """A document that opens in the browser and is saved under its own name."""
    headers = {
        "cache-control": ASKED_AGAIN,
        "content-disposition": f"inline; filename=\"notice.pdf\"; filename*=UTF-8''{quote(name)}",
        "content-security-policy": DOCUMENT_POLICY,
        "etag": f'"{sha256}"',
    }
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type="application/pdf", headers=headers)


def without_suffix(name: str, noun: str) -> str:
    """What comes before `.jpg`. Raises NotFound for a file of any other kind."""
    stem, dot, suffix = name.rpartition(".")
    if not dot or suffix != "jpg":
        raise NotFound(noun=noun)
    return stem
