"""/rubrics: the rubrics there are, the versions of one, one version to read, taking one back."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import NotAllowed, NotFound, Refusal
from inspection.domain.rubrics.rubric_draft import MOST_REASON
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.services.rubrics import rubric_lists
from inspection.services.rubrics.rubric_exports import rubric_export
from inspection.services.rubrics.rubric_withdrawals import withdraw_version
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.rubrics.rubric_view import view_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format


class WithdrawForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a version is taken out of use."""

    reason: Annotated[str, Meta(max_length=2 * MOST_REASON)] = ""


@get("/rubrics", opt=needs(Action.RUBRIC_BROWSE))
async def show_rubrics(request: WebRequest) -> Response[str] | Stream:
    """The rubrics there are, each with its version in force."""
    query = query_of(request, ListQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    if format := wanted_format(request):
        export = rubric_export(actor, query.asked(), language_of(request))
        return await export_file(request, format, export)
    sees_drafts = rubric_lists.may_see_drafts(actor)
    content = {
        "found": await rubric_lists.rubric_page(actor, query.asked()),
        "asked": {"q": query.q, "sort": query.sort},
        "cursor": query.cursor,
        "sees_drafts": sees_drafts,
        "can_draft": rubric_lists.may_draft(actor),
        "months": await rubric_lists.decision_months(tools_of(request), actor)
        if sees_drafts
        else (),
    }
    return page(request, "rubrics.html", content)


@get("/rubrics/{code:str}", opt=needs(Action.RUBRIC_BROWSE))
async def show_rubric(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """The versions of one rubric, latest first."""
    query = query_of(request, ListQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    found = await rubric_lists.rubric_history(actor, code, query.asked())
    content = {
        "found": found,
        "asked": {"q": query.q},
        "cursor": query.cursor,
        "can_draft": rubric_lists.may_draft(actor),
        "sees_drafts": rubric_lists.may_see_drafts(actor),
    }
    return page(request, "rubric.html", content)


@get("/rubrics/versions/{digest:str}", opt=needs(Action.RUBRIC_BROWSE))
async def show_version(request: WebRequest, digest: FromPath[str]) -> Response[str]:
    """One version to read and print."""
    return await _version_page(request, digest)


@post("/rubrics/versions/{digest:str}/withdrawals", opt=needs(Action.RUBRIC_WITHDRAW))
async def withdraw(request: WebRequest, digest: FromPath[str]) -> Response[str] | Redirect:
    """Take a version out of use; refused, the page comes back with the reason as it was typed."""
    try:
        form = await form_of(request, WithdrawForm)
        await withdraw_version(tools_of(request), actor_of(request), digest, form.reason)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return await _version_page(request, digest, await refused_form(request, refusal))
    return then(f"/rubrics/versions/{digest}", "rubric_withdrawn")


async def _version_page(
    request: WebRequest, digest: str, refused: RefusedForm | None = None
) -> Response[str]:
    found = await rubric_lists.version_view(actor_of(request), digest)
    content = {
        "found": found,
        "view": view_of(document_of(found.rubric)),
        "most_reason": MOST_REASON,
        "typed_reason": refused.typed("reason") if refused else "",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    path = f"/rubrics/versions/{digest}"
    return page(request, "rubric-version.html", content, status=status, path=path)


ROUTES = [show_rubrics, show_rubric, show_version, withdraw]
