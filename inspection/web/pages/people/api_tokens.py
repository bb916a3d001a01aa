"""/tokens: what other programs read with, made here, shown once, ended here."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.people.api_token import LIVES, TokenScope, scopes_of
from inspection.domain.refusals import Refusal
from inspection.services.people import api_tokens
from inspection.services.people.api_token_exports import token_export
from inspection.services.people.api_tokens import TokenGiven
from inspection.services.rankings import rankings
from inspection.web.decoding import query_of
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import once, page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

TOKENS = "/tokens"


class TokenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token to make."""

    name: Annotated[str, Meta(min_length=1, max_length=120)]
    days: int
    scope: tuple[TokenScope, ...] = ()
    region: Annotated[str, Meta(max_length=40)] = ""

    def given(self) -> TokenGiven:
        """The same as the service is told."""
        return TokenGiven(name=self.name, scopes=self.scope, days=self.days, region=self.region)


@get(TOKENS, opt=needs(Action.TOKEN_EDIT))
async def show_tokens(request: WebRequest) -> Response[str] | Stream:
    """A page of tokens, and a form for another."""
    query = query_of(request, ListQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        export = token_export(
            tools_of(request), actor_of(request), query.asked(), language_of(request)
        )
        return await export_file(request, format, export)
    return await _page(request, query)


@post(TOKENS, opt=needs(Action.TOKEN_EDIT))
async def make(request: WebRequest) -> Response[str]:
    """Make one: its text is shown, this once."""
    try:
        form = await form_of(request, TokenForm)
        text = await api_tokens.make_token(tools_of(request), actor_of(request), form.given())
    except Refusal as refusal:
        return await _page(request, ListQuery(), await refused_form(request, refusal))
    return once(await _page(request, ListQuery(), text=text))


@post("/tokens/{id:str}/revocations", opt=needs(Action.TOKEN_EDIT))
async def revoke(request: WebRequest, id: FromPath[str]) -> Redirect:
    """End one, for good."""
    await form_of(request, Asked)
    await api_tokens.revoke_token(tools_of(request), actor_of(request), id)
    return then(TOKENS, "token_ended")


async def _page(
    request: WebRequest, query: ListQuery, sent: RefusedForm | None = None, *, text: str = ""
) -> Response[str]:
    actor = actor_of(request)
    content = {
        "found": await api_tokens.token_list(tools_of(request), actor, query.asked()),
        "asked": {"q": query.q, "sort": query.sort},
        "cursor": query.cursor,
        "scopes": scopes_of(actor.role),
        "lives": LIVES,
        "regions": await rankings.region_choices(actor),
        "text": text,
        "typed": first_typed(sent),
        "chosen": sent.fields.get("scope", []) if sent else [],
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "tokens.html", content, status=status, path=TOKENS)


ROUTES = [show_tokens, make, revoke]
