"""What is asked of a list: words to look for, a column to sort by, where the last page ended."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from inspection.domain.cursor import YEARS

PAGE = 50
LARGEST_PAGE = 200


class ListAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of a list. `sort` is a column's name, with "-" before it from the largest down; a
    name the list does not know means its usual order.
    """

    q: str = ""
    sort: str = ""
    cursor: str = ""
    size: int = PAGE

    @property
    def limit(self) -> int:
        """How many rows a page has, within what a page may have."""
        return max(1, min(self.size, LARGEST_PAGE))


class ListQuery(msgspec.Struct, frozen=True):
    """The same as an address says it; lists with filters of their own add them to it."""

    q: Annotated[str, Meta(max_length=100)] = ""
    sort: Annotated[str, Meta(max_length=40)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""

    def asked(self) -> ListAsked:
        """What the service is asked."""
        return ListAsked(q=self.q.strip(), sort=self.sort, cursor=self.cursor)


class ListPlace(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: the order it was in, the last row's value in it, its id."""

    sort: str
    value: str | int
    id: str


def asked_day(text: str) -> date | None:
    """A day as an address says it; None for what is none, or one nobody can mean."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
