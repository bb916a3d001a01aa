"""/bulletins: the list, an issue as it reads, drafting and publishing."""

from typing import Annotated, Any

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.bulletins.bulletin_layout import laid_out
from inspection.domain.bulletins.bulletin_words import WORDS, written
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.refusals.bulletins import BulletinChanged
from inspection.persistence.bulletins.bulletins import BulletinsWanted
from inspection.services.bulletins import bulletins
from inspection.services.bulletins.bulletin_drafting import (
    discard_bulletin,
    edit_bulletin,
    start_bulletin,
)
from inspection.services.bulletins.bulletin_gaps import USUAL, benchmarks_to_choose
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.services.bulletins.bulletin_told import cases_to_choose
from inspection.services.rankings import rankings
from inspection.services.rankings.scorecard_peers import WAYS
from inspection.services.visits.published_visits import LANGUAGE
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.bulletins.bulletin_drafts import (
    DiscardForm,
    DraftForm,
    PublishForm,
    StartForm,
    shown_form,
)
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format
from inspection.wording import catalogue, say

Choice = Annotated[str, Meta(max_length=40)]


class BulletinsQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: Choice = ""
    kind: Choice = ""

    def wanted(self) -> BulletinsWanted:
        """The same as the service is asked."""
        return BulletinsWanted(asked=self.asked(), state=self.state, kind=self.kind)


@get("/bulletins", opt=needs(Action.BULLETIN_READ))
async def show_bulletins(request: WebRequest) -> Response[str] | Stream:
    """The issues there are, and where a new one begins."""
    query = query_of(request, BulletinsQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        export = bulletins.bulletin_export(actor_of(request), query.wanted(), language_of(request))
        return await export_file(request, format, export)
    return await _list_page(request, query)


@post("/bulletins", opt=needs(Action.BULLETIN_EDIT))
async def start(request: WebRequest) -> Response[str] | Redirect:
    """Begin an issue; refused, what was chosen is still there."""
    try:
        form = await form_of(request, StartForm)
        id = await start_bulletin(tools_of(request), actor_of(request), form.wanted())
    except Refusal as refusal:
        return await _list_page(request, BulletinsQuery(), await refused_form(request, refusal))
    return then(f"/bulletins/{id}", "bulletin_started")


@get("/bulletins/{id:str}", opt=needs(Action.BULLETIN_READ))
async def show_bulletin(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """An issue as it reads; a draft with what may be written in it."""
    return await _page(request, id)


@post("/bulletins/{id:str}/revisions", opt=needs(Action.BULLETIN_EDIT))
async def save(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep what was written; refused, it comes back as it was typed."""
    try:
        form = await form_of(request, DraftForm)
        await edit_bulletin(tools_of(request), actor_of(request), id, form.written(), form.seen)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _page(request, id, refusal)
    return then(f"/bulletins/{id}", "bulletin_saved", spot=form.spot)


@post("/bulletins/{id:str}/publications", opt=needs(Action.BULLETIN_EDIT))
async def publish(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Publish the issue as it was read."""
    try:
        form = await form_of(request, PublishForm)
        await publish_bulletin(tools_of(request), actor_of(request), id, form.seen)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _page(request, id, refusal)
    return then(f"/bulletins/{id}", "bulletin_published")


@post("/bulletins/{id:str}/discards", opt=needs(Action.BULLETIN_EDIT))
async def discard(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Put a draft out of the way; refused, it is shown as it is now."""
    try:
        form = await form_of(request, DiscardForm)
        await discard_bulletin(tools_of(request), actor_of(request), id, form.seen)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _page(request, id, refusal)
    return then("/bulletins", "bulletin_discarded")


async def _list_page(
    request: WebRequest, query: BulletinsQuery, refused: RefusedForm | None = None
) -> Response[str]:
    actor = actor_of(request)
    found = await bulletins.bulletin_list(actor, query.wanted())
    content = {
        "found": found,
        "rounds": await rankings.round_choices(actor) if found.can_edit else (),
        "asked": {"q": query.q, "sort": query.sort, "state": query.state, "kind": query.kind},
        "cursor": query.cursor,
        "typed": first_typed(refused),
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "bulletins.html", content, status=status, path="/bulletins")


async def _page(request: WebRequest, id: str, refusal: Refusal | None = None) -> Response[str]:
    found = await bulletins.bulletin_of(tools_of(request), actor_of(request), id)
    refused = await refused_form(request, refusal) if refusal else None
    status = refused.problem.status if refused else 200
    content = {
        "found": found,
        "b": found.said,
        "photos": f"/bulletins/{id}/photos",
        "laid": laid_out(found.said),
        **paper(),
        "problem": refused.problem if refused else None,
        "cases": await cases_to_choose(actor_of(request)) if found.can_edit else (),
        "ways": tuple(way for way in WAYS if way != USUAL),
        "units": await benchmarks_to_choose(found.row) if found.can_edit else (),
        **shown_form(found, refused, overtaken=isinstance(refusal, BulletinChanged)),
    }
    path = f"/bulletins/{id}" if refused else ""
    return page(request, "bulletin.html", content, status=status, path=path)


def paper() -> dict[str, Any]:
    """What the words of an issue are made with: those of its own language, not of the page's."""
    return {
        "frame": "_bulletin_frame.html",
        "cn": lambda text: text,
        "w": lambda key, **facts: say(LANGUAGE, f"{WORDS}{key}", **facts),
        **written(catalogue(LANGUAGE)),
    }


ROUTES = [show_bulletins, start, show_bulletin, save, publish, discard]
