"""One item of a visit: its photos one by one beside the standard, its mark and its correction."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action, granted
from inspection.domain.form import Unknown
from inspection.domain.refusals import Refusal
from inspection.domain.visits.visit import MOST_PHOTOS
from inspection.services.reviews.review_corrections import correct_item, preview_correction
from inspection.services.reviews.review_item_results import CorrectionPreview, ItemForReview
from inspection.services.reviews.review_items import item_for_review
from inspection.services.reviews.review_marks import mark_item
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import address
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.reviews.correction_forms import CorrectionForm, MarkForm, typed
from inspection.web.pages.visits.visit_queries import queue_query
from inspection.web.session import WebRequest, actor_of, tools_of


class ItemQuery(msgspec.Struct, frozen=True):
    """Which photo, and whether as large as it is."""

    photo: Annotated[int, Meta(ge=0, le=MOST_PHOTOS)] = 0
    zoom: Literal["", "1"] = ""


class Viewer(msgspec.Struct, frozen=True, kw_only=True):
    """Where a photo stands among the others; addresses, empty where there is nothing to go to."""

    index: int
    before: str
    after: str


@get("/visits/{id:str}/items/{item:str}", opt=needs(Action.VISIT_READ))
async def show_item(request: WebRequest, id: FromPath[str], item: FromPath[str]) -> Response[str]:
    """One item with its evidence."""
    found = await item_for_review(actor_of(request), id, item)
    return _item_page(request, found)


@post("/visits/{id:str}/items/{item:str}/marks", opt=needs(Action.VISIT_REVIEW))
async def mark(
    request: WebRequest, id: FromPath[str], item: FromPath[str]
) -> Response[str] | Redirect:
    """Accept an item, or keep what the inspector is to be asked about it."""
    try:
        form = await form_of(request, MarkForm)
        await mark_item(
            tools_of(request), actor_of(request), form.case(id, item), form.mark, form.question
        )
    except Refusal as refusal:
        return await _refused_page(request, id, item, refusal)
    return _back(request, id, item, f"review_{form.mark.value}")


@post("/visits/{id:str}/items/{item:str}/corrections", opt=needs(Action.VISIT_REVIEW))
async def correct(
    request: WebRequest, id: FromPath[str], item: FromPath[str]
) -> Response[str] | Redirect:
    """Show what a correction would do to the score, or make it."""
    actor = actor_of(request)
    try:
        form = await form_of(request, CorrectionForm)
        found = await item_for_review(actor, id, item)
        case, edit = form.case(id, item), form.edit(found.item)
        if form.step == "preview":
            preview = await preview_correction(actor, case, edit)
            return _item_page(request, found, form=form, preview=preview)
        await correct_item(tools_of(request), actor, case, edit)
    except Refusal as refusal:
        return await _refused_page(request, id, item, refusal)
    return _back(request, id, item, "review_corrected")


def _back(request: WebRequest, visit: str, item: str, said: str) -> Redirect:
    there = address(f"/visits/{visit}", queue_query(request).kept(), said=said)
    return Redirect(f"{there}#item-{item}", status_code=303)


async def _refused_page(
    request: WebRequest, visit: str, item: str, refusal: Refusal
) -> Response[str]:
    found = await item_for_review(actor_of(request), visit, item)
    return _item_page(request, found, refused=await refused_form(request, refusal))


def _item_page(
    request: WebRequest,
    found: ItemForReview,
    *,
    form: CorrectionForm | None = None,
    refused: RefusedForm | None = None,
    preview: CorrectionPreview | None = None,
) -> Response[str]:
    query = query_of(request, ItemQuery, unknown=Unknown.IGNORED)
    kept = queue_query(request).kept()
    viewer = _viewer(found, query.photo, kept)
    path = f"/visits/{found.visit}/items/{found.item.code}"
    content = {
        "found": found,
        "queue": kept,
        "viewer": viewer,
        "photo": found.photos[viewer.index] if found.photos else None,
        "zoom": query.zoom,
        "path": path,
        "can_change": found.can_change and granted(actor_of(request).role, Action.VISIT_REVIEW),
        "typed": typed(found.answer, refused, form),
        "question": refused.typed("question", found.mark.question)
        if refused
        else found.mark.question,
        "preview": preview,
        "saving": refused is not None and refused.typed("step") == "save",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "visit-item.html", content, status=status, path=path)


def _viewer(found: ItemForReview, asked: int, kept: dict[str, str]) -> Viewer:
    """Beyond the last photo of an item come those of the next item that lost points."""
    here = f"/visits/{found.visit}/items"
    last = max(0, len(found.photos) - 1)
    index = min(asked, last)
    mine = f"{here}/{found.item.code}"
    before = address(f"{here}/{found.before}", kept) if found.before else ""
    after = address(f"{here}/{found.after}", kept) if found.after else ""
    return Viewer(
        index=index,
        before=address(mine, kept, photo=index - 1 or "") if index else before,
        after=address(mine, kept, photo=index + 1) if index < last else after,
    )


ROUTES = [show_item, mark, correct]
