"""The lines of a draft merged, split and moved. What the page holds is kept first: nothing typed
is lost by a button.
"""

from collections.abc import Awaitable, Callable

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.refusals import Refusal
from inspection.services.notices import notice_merging
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.notices.notices import DraftForm, keep_draft, refused_page
from inspection.web.session import WebRequest, actor_of, tools_of

Change = Callable[[DraftForm, str], Awaitable[None]]


@post("/notices/{id:str}/merges", opt=needs(Action.NOTICE_EDIT))
async def merge(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Make one line of those that were chosen."""

    async def change(form: DraftForm, seen: str) -> None:
        await notice_merging.merge_lines(
            tools_of(request), actor_of(request), id, form.chosen, seen
        )

    return await _changed(request, id, change, "notice_merged")


@post("/notices/{id:str}/splits", opt=needs(Action.NOTICE_EDIT))
async def split(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Take a merged line apart again."""

    async def change(form: DraftForm, seen: str) -> None:
        await notice_merging.split_line(tools_of(request), actor_of(request), id, form.line, seen)

    return await _changed(request, id, change, "notice_split")


@post("/notices/{id:str}/rises", opt=needs(Action.NOTICE_EDIT))
async def rise(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Let a line change places with the one before it."""

    async def change(form: DraftForm, seen: str) -> None:
        await notice_merging.raise_line(tools_of(request), actor_of(request), id, form.line, seen)

    return await _changed(request, id, change, "saved")


async def _changed(
    request: WebRequest, notice: str, change: Change, said: str
) -> Response[str] | Redirect:
    try:
        seen = await keep_draft(request, notice)
        await change(await form_of(request, DraftForm), seen)
    except Refusal as refusal:
        return await refused_page(request, notice, refusal)
    return then(f"/notices/{notice}", said)


ROUTES = [merge, split, rise]
