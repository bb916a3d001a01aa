"""/rubric-comparisons: two versions, or a version and a draft, and everything different between."""

from typing import Annotated

import msgspec
from litestar import Response, get
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric_comparison import compare
from inspection.services.rubrics.rubric_comparisons import sides
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of


class ComparisonQuery(msgspec.Struct, frozen=True):
    """What the address says: the digest of the older version, and the newer one's or a draft."""

    old: Annotated[str, Meta(max_length=64)] = ""
    new: Annotated[str, Meta(max_length=64)] = ""


@get("/rubric-comparisons", opt=needs(Action.RUBRIC_BROWSE))
async def show_comparison(request: WebRequest) -> Response[str]:
    """What is different. Raises NotFound without two to compare."""
    query = query_of(request, ComparisonQuery, unknown=Unknown.IGNORED)
    if not (query.old and query.new):
        raise NotFound(noun="rubric")
    before, after = await sides(actor_of(request), query.old, query.new)
    content = {
        "before": before,
        "after": after,
        "compared": compare(before.document, after.document),
    }
    return page(request, "rubric-comparison.html", content)


ROUTES = [show_comparison]
