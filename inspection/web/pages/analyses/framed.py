"""What every analysis page has: the list it is of, its tabs, its file, its tag."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol, TypeVar

import msgspec
from litestar import Response

from inspection.domain.access import Action, Actor, granted
from inspection.domain.form import Unknown
from inspection.domain.table import Table
from inspection.services.analyses.analysis_frames import Frame
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.web.decoding import query_of
from inspection.web.languages import language_of
from inspection.web.pages.rankings.listed import in_own_part, listed_page
from inspection.web.pages.rankings.units import UnitsQuery, choices, file_stem
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import note_file, table_file, wanted_format
from inspection.wording import Language

VIEWS = (
    *("items", "trend", "spread", "repeats", "warnings", "heat", "self-checks", "index"),
    "calibration",
)
"""In the order of their tabs."""

_OF_REVIEWERS = frozenset({"calibration"})

Answer = Response[str] | Response[bytes]


class Framed(Protocol):
    """Every analysis says what it is of."""

    @property
    def frame(self) -> Frame: ...


Found = TypeVar("Found", bound=Framed)
Read = Callable[[Actor, UnitsAsked], Awaitable[Found]]
Tabled = Callable[[Found, Language], Table]


class View(msgspec.Struct, frozen=True):
    """An analysis: its name, how it is made a table, what its address says beyond the list, what
    its charts are drawn from.
    """

    name: str
    tabled: Tabled[Any]
    more: Callable[[Any], Mapping[str, Any]] = lambda _: {}
    drawn: Callable[[Any], Mapping[str, Any]] = lambda _: {}


async def shown(request: WebRequest, view: View, read: Read[Found]) -> Answer:
    """The page, its file where one is wanted, or 304 to who has it."""
    query = query_of(request, UnitsQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    asked = in_own_part(actor, query.asked())
    if format := wanted_format(request):
        found = await read(actor, asked)
        await note_file(request, "ranking")
        stem = file_stem(view.name, found.frame.round)
        return await table_file(request, stem, format, view.tabled(found, language_of(request)))

    async def made() -> Response[str]:
        content = await _content(actor, view, await read(actor, asked))
        return page(request, f"analysis-{view.name}.html", content)

    return await listed_page(request, asked, made)


async def _content(actor: Actor, view: View, found: Framed) -> dict[str, Any]:
    frame = found.frame
    base: dict[str, Any] = {
        "round": frame.round.code,
        "kind": frame.store_kind,
        "ownership": frame.ownership,
        "region": frame.region.path,
    }
    more = view.more(found)
    return {
        **{"found": found, "frame": frame, "base": base, "extra": more, "asked": {**base, **more}},
        **{"views": views_of(actor), "view": view.name},
        **view.drawn(found),
        **await choices(actor, frame.round),
    }


def views_of(actor: Actor) -> tuple[str, ...]:
    """The analyses somebody may look at."""
    inspectors = granted(actor.role, Action.CALIBRATION_READ)
    return tuple(view for view in VIEWS if inspectors or view not in _OF_REVIEWERS)
