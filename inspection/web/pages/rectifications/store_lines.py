"""A line as its store follows it: the problem, the reply form, more time, who helps."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.rectifications.extension import HOURS
from inspection.domain.rectifications.reply import MOST_PHOTOS, Reply, ReplyPhoto
from inspection.domain.refusals import Fault, Refusal
from inspection.domain.refusals.rectification import ReplyRefused
from inspection.services.form_photos import keep_photos
from inspection.services.rectifications import extensions, line_handlers, rectification_replies
from inspection.services.rectifications.extensions import Wanted
from inspection.services.rectifications.rectification_details import store_line
from inspection.services.rectifications.rectification_results import StoreLineDetail
from inspection.services.rectifications.similar_cases import cases_like_line
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import refused_form
from inspection.web.pages.rendering import page
from inspection.web.problems import Problem, problem_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.uploads import Upload, upload_of

TEXTS = ("cause", "measure", "prevention")
Long = Annotated[str, Meta(max_length=2_000)]
DIGEST = 64


class ExtensionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asking for more time."""

    hours: int
    why: Long


class HandlerForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Naming somebody who helps."""

    handler: Annotated[str, Meta(max_length=400)]


@get("/notices/{id:str}/lines/{number:int}", opt=needs(Action.RECTIFICATION_REPLY))
async def show_line(request: WebRequest, id: FromPath[str], number: FromPath[int]) -> Response[str]:
    """One line with all that was said about it."""
    found = await store_line(tools_of(request), actor_of(request), id, number)
    return await _page(request, found)


@post("/notices/{id:str}/lines/{number:int}/replies", opt=needs(Action.RECTIFICATION_REPLY))
async def reply(
    request: WebRequest, id: FromPath[str], number: FromPath[int]
) -> Response[str] | Redirect:
    """Answer the line. Refused, the page comes back with the words; photos that came are kept."""
    tools, actor = tools_of(request), actor_of(request)
    found = await store_line(tools, actor, id, number)
    upload = Upload({})
    kept: tuple[str, ...] = ()
    try:
        upload = await upload_of(request)
        kept = _named(upload.fields.get("photos", ""))
        kept += await keep_photos(tools, actor, (file.content for file in upload.files))
        said = _reply(upload.fields, tuple(dict.fromkeys(kept)))
        client_id = upload.fields.get("client_id", "")[:DIGEST]
        receipt = await rectification_replies.reply(tools, actor, found.id, said, client_id)
    except Refusal as refusal:
        typed = upload.fields | {"photos": ",".join(dict.fromkeys(kept))}
        return await _page(request, found, problem_of(request, refusal), typed)
    return then(f"/notices/{id}/lines/{number}", "replied" if receipt.counted else "reply_kept")


@post("/notices/{id:str}/lines/{number:int}/extensions", opt=needs(Action.RECTIFICATION_REPLY))
async def ask_extension(
    request: WebRequest, id: FromPath[str], number: FromPath[int]
) -> Response[str] | Redirect:
    """Ask for more time."""
    found = await store_line(tools_of(request), actor_of(request), id, number)
    try:
        form = await form_of(request, ExtensionForm)
        wanted = Wanted(hours=form.hours, reason=form.why)
        await extensions.ask(tools_of(request), actor_of(request), found.id, wanted)
    except Refusal as refusal:
        return await _refused(request, found, refusal)
    return then(f"/notices/{id}/lines/{number}", "extension_asked")


@post("/notices/{id:str}/lines/{number:int}/handlers", opt=needs(Action.RECTIFICATION_REPLY))
async def add_handler(
    request: WebRequest, id: FromPath[str], number: FromPath[int]
) -> Response[str] | Redirect:
    """Name somebody who helps."""
    found = await store_line(tools_of(request), actor_of(request), id, number)
    try:
        form = await form_of(request, HandlerForm)
        await line_handlers.add_handler(
            tools_of(request), actor_of(request), found.id, form.handler
        )
    except Refusal as refusal:
        return await _refused(request, found, refusal)
    return then(f"/notices/{id}/lines/{number}", "handler_added")


def _named(text: str) -> tuple[str, ...]:
    """The digests of photos that came with the form before."""
    return tuple(each for each in text.split(",") if len(each) == DIGEST)[:MOST_PHOTOS]


def _reply(fields: dict[str, str], photos: tuple[str, ...]) -> Reply:
    if len(photos) > MOST_PHOTOS:
        fault = Fault("/photos", "rectification.photos_too_many", most=MOST_PHOTOS)
        raise ReplyRefused(faults=(fault,))
    return Reply(
        **{name: fields.get(name, "") for name in TEXTS},
        on_the_spot=fields.get("on_the_spot") == "yes",
        photos=tuple(ReplyPhoto(sha256=photo) for photo in photos),
    )


async def _refused(request: WebRequest, found: StoreLineDetail, refusal: Refusal) -> Response[str]:
    refused = await refused_form(request, refusal)
    typed = {name: values[0] for name, values in refused.fields.items()}
    return await _page(request, found, refused.problem, typed)


async def _page(
    request: WebRequest,
    found: StoreLineDetail,
    problem: Problem | None = None,
    typed: dict[str, str] | None = None,
) -> Response[str]:
    tools, actor = tools_of(request), actor_of(request)
    content = {
        "line": found,
        "typed": typed or {},
        "kept": len([each for each in (typed or {}).get("photos", "").split(",") if each]),
        "client_id": (typed or {}).get("client_id") or tools.random_id(),
        "offered": HOURS,
        "most": MOST_PHOTOS,
        "cases": await cases_like_line(actor, found.item, found.section, found.problem),
        "problem": problem,
    }
    path = f"/notices/{found.notice}/lines/{found.number}"
    status = problem.status if problem else 200
    return page(request, "store-line.html", content, status=status, path=path)


ROUTES = [show_line, reply, ask_extension, add_handler]
