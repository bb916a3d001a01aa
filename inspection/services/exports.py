"""Lists on their way out as files: the same rows as the screen's, in the same scope, all pages."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from decimal import Decimal
from typing import Protocol, TypeVar

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.points import Hundredths
from inspection.domain.table import Row, Table
from inspection.persistence.engine import tx
from inspection.services.changes import record
from inspection.services.tools import Tools
from inspection.wording import Language, say

Page = tuple[Iterable[Row], str | None]
"""Rows, and where the next page begins."""


Line = TypeVar("Line")
Told = TypeVar("Told", covariant=True)


class Listed(Protocol[Told]):
    """A page of a list as its screen gets it."""

    @property
    def rows(self) -> Iterable[Told]:
        """What is on it."""
        ...

    @property
    def next_cursor(self) -> str | None:
        """Where the next one begins."""
        ...


class Export(msgspec.Struct, frozen=True):
    """A list on its way out: what it lists, as the log calls it; the stem of its file's name, its
    title, its headings, its pages. A workbook has the tables `beside` it on sheets of their own.
    """

    noun: str
    name: str
    title: str
    headings: tuple[str, ...]
    pages: AsyncIterator[list[Row]]
    beside: tuple[Table, ...] = ()


async def note_export(
    tools: Tools, by: Actor, subject: tuple[str, str], address: str, token: str = ""
) -> None:
    """Write down who takes a `(noun, id)` away as a file, by which address, and with which token if
    it was a program: said before the first byte leaves.
    """
    noun, _ = subject
    with_token = {"token": token} if token else {}
    async with tx():
        await record(tools, by, f"{noun}.export", subject, {"address": address} | with_token)


async def every_page(read: Callable[[str], Awaitable[Page]]) -> AsyncIterator[list[Row]]:
    """The rows of every page, one page after the other."""
    after: str | None = ""
    while after is not None:
        rows, after = await read(after)
        yield list(rows)


def pages_of(
    asked: ListAsked,
    find: Callable[[ListAsked], Awaitable[Listed[Line]]],
    tell: Callable[[Line, Language], Row],
    language: Language,
) -> AsyncIterator[list[Row]]:
    """Every page of a list, found as its screen finds it and told row by row in a language."""

    async def read(cursor: str) -> Page:
        found = await find(msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE))
        return (tell(row, language) for row in found.rows), found.next_cursor

    return every_page(read)


def headings_of(columns: Iterable[str], language: Language) -> tuple[str, ...]:
    """The words above these columns."""
    return tuple(say(language, f"export_column.{column}") for column in columns)


def points(value: Hundredths | None) -> Decimal | None:
    """Points as a spreadsheet counts with them."""
    return None if value is None else Decimal(value).scaleb(-2)


def points_lost(value: Hundredths | None) -> Decimal | None:
    """What was lost, with the minus it has on every page."""
    return points(None if value is None else Hundredths(-value))
