"""The org tree: all of it with its stores, one node, and what administrators change about it."""

from collections.abc import Awaitable
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.org.region import NewRegion, RegionNames
from inspection.domain.refusals import Refusal, RegionChanged
from inspection.services.org import region_editing, region_tree
from inspection.services.org.region_exports import region_export
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import first_typed, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format


class TreeQuery(msgspec.Struct, frozen=True):
    """What the address of the tree may say."""

    q: Annotated[str, Meta(max_length=100)] = ""
    sort: str = ""


class NewRegionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A region to add below another."""

    code: str
    name_zh: str
    name_en: str
    parent: str


class NamesForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other names, and the version the page showed."""

    name_zh: str
    name_en: str
    seen: str


class MoveForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another branch for a county."""

    parent: str
    seen: str


class ClosingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Closing what the page showed, and why."""

    reason: str
    seen: str


class SeenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Opening what the page showed."""

    seen: str


@get("/regions", opt=needs(Action.REGION_READ))
async def show_regions(request: WebRequest) -> Response[str] | Stream:
    """The caller's part of the tree."""
    query = query_of(request, TreeQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        export = region_export(actor_of(request), query.q, language_of(request))
        return await export_file(request, format, export)
    nodes = await region_tree.region_tree(actor_of(request), query.q)
    return page(request, "regions.html", {"nodes": nodes, "asked": query})


@get("/regions/{code:str}", opt=needs(Action.REGION_READ))
async def show_region(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """One node: what hangs below it, and its forms for whoever may change it."""
    return await _region_page(request, code)


@post("/regions", opt=needs(Action.REGION_EDIT))
async def create(request: WebRequest) -> Response[str] | Redirect:
    """Add a region; refused, the page of its parent comes back with what was typed."""
    form = await form_of(request, NewRegionForm)
    names = RegionNames(name_zh=form.name_zh.strip(), name_en=form.name_en.strip())
    new = NewRegion(code=form.code.strip(), parent=form.parent, names=names)
    try:
        code = await region_editing.create_region(tools_of(request), actor_of(request), new)
    except Refusal as refusal:
        return await _region_page(request, form.parent, refusal, about="new")
    return then(f"/regions/{code}", "org_created")


@post("/regions/{code:str}/names", opt=needs(Action.REGION_EDIT))
async def rename(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Give a region other names."""

    async def doing() -> None:
        form = await form_of(request, NamesForm)
        names = RegionNames(name_zh=form.name_zh.strip(), name_en=form.name_en.strip())
        await region_editing.rename_region(
            tools_of(request), actor_of(request), code, names, form.seen
        )

    return await _done(request, code, doing(), ("names", "org_kept"))


@post("/regions/{code:str}/moves", opt=needs(Action.REGION_EDIT))
async def move(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Hang a county under another branch."""

    async def doing() -> None:
        form = await form_of(request, MoveForm)
        await region_editing.move_region(
            tools_of(request), actor_of(request), code, form.parent, form.seen
        )

    return await _done(request, code, doing(), ("move", "org_moved"))


@post("/regions/{code:str}/closings", opt=needs(Action.REGION_EDIT))
async def close(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Offer a region no more."""

    async def doing() -> None:
        form = await form_of(request, ClosingForm)
        await region_editing.close_region(
            tools_of(request), actor_of(request), code, form.reason, form.seen
        )

    return await _done(request, code, doing(), ("state", "org_closed"))


@post("/regions/{code:str}/reopenings", opt=needs(Action.REGION_EDIT))
async def reopen(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Offer a closed region again."""

    async def doing() -> None:
        form = await form_of(request, SeenForm)
        await region_editing.reopen_region(tools_of(request), actor_of(request), code, form.seen)

    return await _done(request, code, doing(), ("state", "org_reopened"))


async def _done(
    request: WebRequest, code: str, doing: Awaitable[None], outcome: tuple[str, str]
) -> Response[str] | Redirect:
    """Do it; refused, the page comes back with what was typed in the form it is about."""
    about, said = outcome
    try:
        await doing
    except Refusal as refusal:
        return await _region_page(request, code, refusal, about=about)
    return then(f"/regions/{code}", said)


async def _region_page(
    request: WebRequest, code: str, refusal: Refusal | None = None, *, about: str = ""
) -> Response[str]:
    found = await region_tree.region_detail(actor_of(request), code)
    refused = await refused_form(request, refusal) if refusal else None
    content = {
        "found": found,
        "about": about,
        "typed": first_typed(refused),
        "conflict": isinstance(refusal, RegionChanged),
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "region.html", content, status=status, path=f"/regions/{code}")


ROUTES = [show_regions, show_region, create, rename, move, close, reopen]
