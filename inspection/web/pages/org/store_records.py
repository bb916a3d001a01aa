"""A store as its administrators keep it: a new one, its fields, its county, closing and opening."""

from collections.abc import Awaitable
from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.coordinates import degrees_text
from inspection.domain.deadline import day_of
from inspection.domain.org.store import FEATURES, KINDS, OWNERSHIPS, StoreTyped, store_of
from inspection.domain.refusals import Refusal, StoreChanged
from inspection.services.org import region_tree, store_editing, store_list
from inspection.services.org.store_editing import Closing
from inspection.services.org.store_list import StoreDetail
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of

TEXTS = (
    "name",
    "kind",
    "ownership",
    "address",
    "latitude",
    "longitude",
    "contact_name",
    "contact_phone",
    "contact_verified_on",
)


class RecordForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a page says of a store; a new one comes with its code and its region, a kept one with
    the version the page showed.
    """

    name: str
    kind: str
    ownership: str
    address: str = ""
    latitude: str = ""
    longitude: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_verified_on: str = ""
    features: tuple[str, ...] = ()
    code: str = ""
    region: str = ""
    seen: str = ""

    def typed(self) -> StoreTyped:
        """The fields to be read."""
        texts = {name: getattr(self, name) for name in TEXTS}
        return StoreTyped(**texts, features=self.features)


class MoveForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another region for a store."""

    region: str
    seen: str


class ClosingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Since when a store is closed, and why."""

    on: date
    reason: str
    seen: str


class SeenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Opening what the page showed."""

    seen: str


@get("/new-store", opt=needs(Action.STORE_EDIT))
async def show_blank(request: WebRequest) -> Response[str]:
    """A store to fill in."""
    return await _blank_page(request)


@post("/stores", opt=needs(Action.STORE_EDIT))
async def create(request: WebRequest) -> Response[str] | Redirect:
    """Add a store; refused, the form comes back as it was filled in."""
    try:
        form = await form_of(request, RecordForm)
        code = await store_editing.create_store(
            tools_of(request),
            actor_of(request),
            form.code.strip(),
            form.region,
            store_of(form.typed(), _today(request)),
        )
    except Refusal as refusal:
        return await _blank_page(request, refusal)
    return then(f"/stores/{code}/record", "org_created")


@get("/stores/{code:str}/record", opt=needs(Action.STORE_EDIT))
async def show_record(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """One store with its forms and what was done to it."""
    return await _record_page(request, code)


@post("/stores/{code:str}/record", opt=needs(Action.STORE_EDIT))
async def edit(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Keep what the page says; refused, it comes back as it was filled in."""

    async def doing() -> None:
        form = await form_of(request, RecordForm)
        fields = store_of(form.typed(), _today(request))
        await store_editing.edit_store(
            tools_of(request), actor_of(request), code, fields, form.seen
        )

    return await _done(request, code, doing(), ("record", "org_kept"))


@post("/stores/{code:str}/moves", opt=needs(Action.STORE_EDIT))
async def move(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Put a store below another region."""

    async def doing() -> None:
        form = await form_of(request, MoveForm)
        await store_editing.move_store(
            tools_of(request), actor_of(request), code, form.region, form.seen
        )

    return await _done(request, code, doing(), ("move", "org_moved"))


@post("/stores/{code:str}/closings", opt=needs(Action.STORE_EDIT))
async def close(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Send nobody to a store any more."""

    async def doing() -> None:
        form = await form_of(request, ClosingForm)
        closing = Closing(on=form.on, reason=form.reason)
        await store_editing.close_store(
            tools_of(request), actor_of(request), code, closing, form.seen
        )

    return await _done(request, code, doing(), ("closing", "org_closed"))


@post("/stores/{code:str}/reopenings", opt=needs(Action.STORE_EDIT))
async def reopen(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Let a closed store be planned again."""

    async def doing() -> None:
        form = await form_of(request, SeenForm)
        await store_editing.reopen_store(tools_of(request), actor_of(request), code, form.seen)

    return await _done(request, code, doing(), ("closing", "org_reopened"))


async def _done(
    request: WebRequest, code: str, doing: Awaitable[None], outcome: tuple[str, str]
) -> Response[str] | Redirect:
    """Do it; refused, the page comes back with what was typed in the form it is about."""
    about, said = outcome
    try:
        await doing
    except Refusal as refusal:
        return await _record_page(request, code, refusal, about=about)
    return then(f"/stores/{code}/record", said)


async def _record_page(
    request: WebRequest, code: str, refusal: Refusal | None = None, *, about: str = ""
) -> Response[str]:
    actor = actor_of(request)
    found = await store_list.store_detail(tools_of(request), actor, code)
    refused = await refused_form(request, refusal) if refusal else None
    kept = _texts(found)
    content = await _choices(request) | {
        "found": found,
        "kept": kept,
        "form": _filled(refused, kept) if about == "record" else kept,
        "typed": first_typed(refused) if about != "record" else {},
        "conflict": isinstance(refusal, StoreChanged) and about == "record",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "store-record.html", content, status=status, path=_path(code))


async def _blank_page(request: WebRequest, refusal: Refusal | None = None) -> Response[str]:
    refused = await refused_form(request, refusal) if refusal else None
    blank: dict[str, Any] = dict.fromkeys((*TEXTS, "code", "region"), "") | {"features": ()}
    content = await _choices(request) | {
        "form": _filled(refused, blank | {"kind": KINDS[0], "ownership": OWNERSHIPS[0]}),
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "new-store.html", content, status=status, path="/new-store")


async def _choices(request: WebRequest) -> dict[str, Any]:
    return {
        "regions": await region_tree.store_regions(actor_of(request)),
        "kinds": KINDS,
        "ownerships": OWNERSHIPS,
        "features": FEATURES,
        "today": _today(request),
    }


def _texts(found: StoreDetail) -> dict[str, Any]:
    kept = found.kept
    verified = kept.contact_verified_on
    texts = {name: getattr(kept, name, "") for name in TEXTS}
    return texts | {
        "latitude": degrees_text(kept.latitude_e6),
        "longitude": degrees_text(kept.longitude_e6),
        "contact_verified_on": verified.isoformat() if verified else "",
        "features": found.features,
    }


def _filled(refused: RefusedForm | None, otherwise: dict[str, Any]) -> dict[str, Any]:
    """What was typed, where a form was; a box that was left empty was not sent."""
    if refused is None or not refused.fields:
        return otherwise
    texts = otherwise | {
        name: text for name, text in first_typed(refused).items() if name in otherwise
    }
    return texts | {"features": tuple(refused.fields.get("features", ()))}


def _path(code: str) -> str:
    return f"/stores/{code}/record"


def _today(request: WebRequest) -> date:
    return day_of(tools_of(request).now())


ROUTES = [show_blank, create, show_record, edit, move, close, reopen]
