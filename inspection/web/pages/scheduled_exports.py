"""/scheduled-exports: files that make themselves, with those that wait to be fetched."""

from typing import Annotated, Literal
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action, Actor
from inspection.domain.org.store import KINDS
from inspection.domain.refusals import Refusal
from inspection.domain.scheduled_export import (
    DAYS,
    HOURS,
    LONGEST,
    Beat,
    ExportOf,
    FileFormat,
    Timing,
)
from inspection.services import scheduled_exports
from inspection.services.rankings import rankings
from inspection.services.scheduled_export_work import Fault
from inspection.services.scheduled_exports import ScheduledExportGiven
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import page
from inspection.web.sentences import sentence
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import MEDIA_TYPES, Format

EXPORTS = "/scheduled-exports"

WHEN = tuple(f"{beat.value}-{day}" for beat in Beat for day in range(1, DAYS[beat] + 1))
_FAULT = msgspec.json.Decoder(Fault)


class ExportForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An export to make; `when` is one of WHEN."""

    name: Annotated[str, Meta(min_length=1, max_length=LONGEST)]
    what: ExportOf
    format: FileFormat
    when: Annotated[str, Meta(pattern=r"^(weekly|monthly)-[0-9]{1,2}$")]
    hour: int
    kind: Annotated[str, Meta(max_length=40)] = ""
    region: Annotated[str, Meta(max_length=40)] = ""

    def given(self) -> ScheduledExportGiven:
        """The same as the service is told."""
        beat, _, day = self.when.partition("-")
        return ScheduledExportGiven(
            name=self.name,
            what=self.what,
            format=self.format,
            timing=Timing(Beat(beat), int(day), self.hour),
            store_kind=self.kind,
            region=self.region,
        )


class PauseForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether it is to rest."""

    running: Literal["paused", "running"]


@get(EXPORTS, opt=needs(Action.EXPORT_SCHEDULE))
async def show_exports(request: WebRequest) -> Response[str]:
    """One's own, with the latest files, and a form for another."""
    return await _page(request)


@post(EXPORTS, opt=needs(Action.EXPORT_SCHEDULE))
async def add(request: WebRequest) -> Response[str] | Redirect:
    """Keep another; refused, the form comes back as it was filled in."""
    try:
        form = await form_of(request, ExportForm)
        await scheduled_exports.add_scheduled_export(
            tools_of(request), actor_of(request), form.given()
        )
    except Refusal as refusal:
        return await _page(request, await refused_form(request, refusal))
    return then(EXPORTS, "export_scheduled")


@get(EXPORTS + "/{id:str}", opt=needs(Action.EXPORT_SCHEDULE))
async def show_export(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One of one's own, to be changed."""
    return await _edit_page(request, id)


@post(EXPORTS + "/{id:str}/revisions", opt=needs(Action.EXPORT_SCHEDULE))
async def edit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Change it; refused, the form comes back as it was filled in."""
    actor = actor_of(request)
    try:
        form = await form_of(request, ExportForm)
        await scheduled_exports.edit_scheduled_export(tools_of(request), actor, id, form.given())
    except Refusal as refusal:
        return await _edit_page(request, id, await refused_form(request, refusal))
    return then(EXPORTS, "export_edited")


@post(EXPORTS + "/{id:str}/pauses", opt=needs(Action.EXPORT_SCHEDULE))
async def pause(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Let it rest, or go on."""
    form = await form_of(request, PauseForm)
    await scheduled_exports.pause_scheduled_export(
        tools_of(request), actor_of(request), id, paused=form.running == "paused"
    )
    return then(EXPORTS, f"export_{form.running}")


@post(EXPORTS + "/{id:str}/runs", opt=needs(Action.EXPORT_SCHEDULE))
async def make_now(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Have a file made without waiting for its time."""
    await form_of(request, Asked)
    await scheduled_exports.ask_for_file(tools_of(request), actor_of(request), id)
    return then(EXPORTS, "export_asked")


@post(EXPORTS + "/{id:str}/withdrawals", opt=needs(Action.EXPORT_SCHEDULE))
async def remove(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Make no more of them."""
    await form_of(request, Asked)
    await scheduled_exports.delete_scheduled_export(tools_of(request), actor_of(request), id)
    return then(EXPORTS, "export_removed")


@get(EXPORTS + "/{id:str}/files/{run:str}", opt=needs(Action.EXPORT_SCHEDULE))
async def download(request: WebRequest, id: FromPath[str], run: FromPath[str]) -> Response[bytes]:
    """A file that was made."""
    found = await scheduled_exports.scheduled_file(tools_of(request), actor_of(request), id, run)
    name = quote(found.file_name, safe="-.")
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": f'attachment; filename="{name}"',
    }
    kind: Format = "xlsx" if found.file_name.endswith(".xlsx") else "csv"
    return Response(found.content, media_type=MEDIA_TYPES[kind], headers=headers)


async def _page(request: WebRequest, sent: RefusedForm | None = None) -> Response[str]:
    actor, language = actor_of(request), language_of(request)

    def why(fault: str) -> str:
        told = _FAULT.decode(fault)
        return sentence(language, told.code, told.facts)

    content = {
        "found": await scheduled_exports.scheduled_export_list(tools_of(request), actor),
        "why": why,
        **await _choices(actor),
        "typed": first_typed(sent),
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "scheduled-exports.html", content, status=status, path=EXPORTS)


async def _edit_page(
    request: WebRequest, id: str, sent: RefusedForm | None = None
) -> Response[str]:
    actor = actor_of(request)
    row = await scheduled_exports.own_scheduled_export(actor, id)
    kept = {
        "name": row.name,
        "what": row.what.value,
        "format": row.format.value,
        "kind": row.store_kind,
        "region": row.region_code,
        "when": f"{row.beat.value}-{row.day}",
        "hour": str(row.hour),
    }
    content = {
        "row": row,
        **await _choices(actor),
        "typed": first_typed(sent) if sent else kept,
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    path = f"{EXPORTS}/{id}" if sent else ""
    return page(request, "scheduled-export.html", content, status=status, path=path)


async def _choices(actor: Actor) -> dict[str, object]:
    return {
        "contents": tuple(ExportOf),
        "formats": tuple(FileFormat),
        "when": WHEN,
        "hours": range(HOURS),
        "kinds": KINDS,
        "regions": await rankings.region_choices(actor),
        "longest": LONGEST,
    }


ROUTES = [show_exports, add, show_export, edit, pause, make_now, remove, download]
