"""What the address of the review queue may say; the pages of its visits carry it along."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from inspection.domain.form import Unknown
from inspection.domain.listing import ListAsked
from inspection.domain.reviews.review_queue import QueueAsked
from inspection.web.decoding import query_of
from inspection.web.session import WebRequest

Flag = Annotated[str, Meta(max_length=40, pattern="^[a-z_]*$")]


class QueueQuery(msgspec.Struct, frozen=True):
    """The filters, the order and the page."""

    q: Annotated[str, Meta(max_length=100)] = ""
    state: Literal["", "returned"] = ""
    round: Annotated[str, Meta(max_length=80)] = ""
    region: Annotated[str, Meta(max_length=80)] = ""
    flag: Flag = ""
    waited: Literal["", "24", "48", "72"] = ""
    again: Literal["", "yes"] = ""
    sort: Annotated[str, Meta(max_length=40)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""

    def asked(self) -> QueueAsked:
        """The same as the service is asked."""
        return QueueAsked(
            list=ListAsked(q=self.q.strip(), sort=self.sort, cursor=self.cursor),
            state="returned" if self.state else "submitted",
            round=self.round,
            region_path=self.region,
            flag=self.flag,
            waited=int(self.waited or 0),
            again=bool(self.again),
        )

    def kept(self) -> dict[str, str]:
        """What the pages of its visits carry along: everything but the page of the list."""
        return {**msgspec.structs.asdict(self), "cursor": ""}


def queue_query(request: WebRequest) -> QueueQuery:
    """The queue as an address asks for it."""
    return query_of(request, QueueQuery, unknown=Unknown.IGNORED)
