"""/notice-batches: many notices at once, done while nobody waits."""

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.notices.notice_batch import BatchKind
from inspection.domain.refusals import Refusal
from inspection.services.notices import notice_batches
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.rendering import page
from inspection.web.problems import problem_of
from inspection.web.session import WebRequest, actor_of, tools_of


class BatchForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be done with which notices."""

    kind: BatchKind
    pick: tuple[str, ...] = ()


@post("/notice-batches", opt=needs(Action.NOTICE_DELIVER))
async def start(request: WebRequest) -> Response[str] | Redirect:
    """Leave the work to a job and show how far it is; refused, say why."""
    try:
        form = await form_of(request, BatchForm)
        batch = await notice_batches.start_batch(
            tools_of(request), actor_of(request), form.kind, form.pick
        )
    except Refusal as refusal:
        problem = problem_of(request, refusal)
        content = {"batch": None, "problem": problem}
        return page(request, "notice-batch.html", content, status=problem.status, path="/notices")
    return Redirect(f"/notice-batches/{batch}", status_code=303)


@get("/notice-batches/{id:str}", opt=needs(Action.NOTICE_DELIVER))
async def show(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """How far it is, and what could not be done."""
    found = await notice_batches.batch_of(actor_of(request), id)
    return page(request, "notice-batch.html", {"batch": found})


@post("/notice-batches/{id:str}/cancellations", opt=needs(Action.NOTICE_DELIVER))
async def cancel(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Stop after the one being worked on."""
    try:
        await form_of(request, Asked)
        await notice_batches.cancel_batch(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        found = await notice_batches.batch_of(actor_of(request), id)
        problem = problem_of(request, refusal)
        content = {"batch": found, "problem": problem}
        path = f"/notice-batches/{id}"
        return page(request, "notice-batch.html", content, status=problem.status, path=path)
    return then(f"/notice-batches/{id}", "batch_cancelled")


@get("/notice-batches/{id:str}/notices.zip", opt=needs(Action.NOTICE_DELIVER))
async def download(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The PDFs of a batch in one archive."""
    found = await notice_batches.batch_archive(tools_of(request), actor_of(request), id)
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": f'attachment; filename="{found.file_name}"',
    }
    return Response(found.content, media_type="application/zip", headers=headers)


ROUTES = [start, show, cancel, download]
