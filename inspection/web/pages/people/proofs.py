"""Asking for the password or the code once more, and then going on with what was asked."""

from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.refusals.accounts import ProofNeeded
from inspection.services.people.proofs import check_proved
from inspection.services.people.second_step import is_on
from inspection.web.decoding import query_of
from inspection.web.forms import form_of, kept_fields
from inspection.web.guards import needs
from inspection.web.pages.links import address
from inspection.web.pages.people.me import ME, shell_of
from inspection.web.pages.people.signing_in import inside
from inspection.web.pages.rendering import once, page
from inspection.web.problems import problem_of, refused, wants_json
from inspection.web.session import WebRequest, actor_of, tools_of

PROOF = "/me/proof"


class ProofQuery(msgspec.Struct, frozen=True):
    """Where to go on."""

    next: Annotated[str, Meta(max_length=400)] = ""


class ProofForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same; what was given was taken before."""

    next: Annotated[str, Meta(max_length=400)]


@get(PROOF, opt=needs(Action.SELF_READ))
async def show_proof(request: WebRequest) -> Response[str]:
    """The form, on the way to a page that needs it."""
    query = query_of(request, ProofQuery)
    by_code = await is_on(actor_of(request))
    return _page(request, ProofNeeded(by_code=by_code), PROOF, [("next", inside(query.next))])


@post(PROOF, opt=needs(Action.SELF_EDIT))
async def go_on(request: WebRequest) -> Redirect:
    """Go where the caller was going; without proof the form comes back."""
    form = await form_of(request, ProofForm)
    await check_proved(tools_of(request), actor_of(request))
    return Redirect(inside(form.next) or ME, status_code=303)


def proof_needed(request: WebRequest, refusal: ProofNeeded) -> Response[object]:
    """Lead whoever opens a page to the form and back; a form that was sent goes on with it."""
    if wants_json(request):
        return refused(request, refusal)
    if request.method == "GET":
        query = request.scope["query_string"].decode("latin-1")
        here = quote(request.scope["path"]) + (f"?{query}" if query else "")
        return Redirect(address(PROOF, next=here), status_code=303)
    shown: Response[Any] = _page(
        request, refusal, quote(request.scope["path"]), kept_fields(request)
    )
    return shown


def _page(
    request: WebRequest, needed: ProofNeeded, to: str, fields: list[tuple[str, str]]
) -> Response[str]:
    problem = problem_of(request, needed.refused) if needed.refused else None
    content: dict[str, object] = {
        "shell": shell_of(actor_of(request).role),
        "to": to,
        "fields": fields,
        "by_code": needed.by_code,
        "problem": problem,
    }
    if request.method == "POST":
        # Another language would be another page, without what was typed.
        content["other_lang_href"] = ""
    status = problem.status if problem else 200 if request.method == "GET" else 403
    return once(page(request, "proof.html", content, status=status, path=PROOF))


ROUTES = [show_proof, go_on]
