"""/issuers: who issues papers for which region, under which letters and with which seal."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.notices.issuer import MARK, NAME, PATTERN, IssuingBody
from inspection.domain.notices.notice_number import LEGACY, STANDARD
from inspection.domain.people.account import MOST_PASSWORD
from inspection.domain.refusals import Refusal
from inspection.domain.refusals.notices import IssuerChanged
from inspection.services.notices import issuers
from inspection.services.people.proofs import check_password
from inspection.web.file_names import small_number
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import once, page
from inspection.web.problems import problem_of
from inspection.web.session import WebRequest, actor_of, session_of, tools_of
from inspection.web.uploads import upload_of

FIELDS = ("name", "mark", "pattern")


class IssuerForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An issuer as the page sends it, with the revision it showed."""

    name: str
    mark: str
    seen: int
    pattern: str = ""
    one_person: Annotated[str, Meta(max_length=3)] = ""

    def body(self) -> IssuingBody:
        """The same as the service takes it."""
        return IssuingBody(
            name=self.name,
            mark=self.mark,
            pattern=self.pattern,
            one_person=self.one_person == "yes",
        )


@get("/issuers", opt=needs(Action.ISSUER_EDIT))
async def show_issuers(request: WebRequest) -> Response[str]:
    """The issuers there are, and the regions that may have one of their own."""
    found = await issuers.issuer_list(tools_of(request), actor_of(request))
    return page(request, "issuers.html", {"found": found})


@get("/issuers/{code:str}", opt=needs(Action.ISSUER_EDIT))
async def show_issuer(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """One region's issuer, ready to be changed."""
    return await _page(request, code)


@post("/issuers/{code:str}/revisions", opt=needs(Action.ISSUER_EDIT))
async def save(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Keep it; refused, the form comes back as it was filled in."""
    try:
        form = await form_of(request, IssuerForm)
        await issuers.save_issuer(
            tools_of(request), actor_of(request), code, form.body(), form.seen
        )
    except Refusal as refusal:
        return await _page(request, code, refusal)
    return then(f"/issuers/{code}", "issuer_saved")


@post("/issuers/{code:str}/seals", opt=needs(Action.ISSUER_EDIT))
async def save_seal(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Another seal, or none: a session left open is not enough for that."""
    tools, actor = tools_of(request), actor_of(request)
    try:
        sent = await upload_of(request)
        password = sent.fields.get("password", "")[:MOST_PASSWORD]
        await check_password(tools, actor, session_of(request), password)
        seen = small_number(sent.fields.get("seen", "")) or 0
        await issuers.save_seal(tools, actor, code, sent.content, seen)
    except Refusal as refusal:
        return await _page(request, code, refusal)
    return then(f"/issuers/{code}", "seal_saved")


@get("/issuers/{code:str}/seal.png", opt=needs(Action.ISSUER_EDIT))
async def show_seal(request: WebRequest, code: FromPath[str]) -> Response[bytes]:
    """The seal by itself, kept by no browser."""
    image = await issuers.seal_image(tools_of(request), actor_of(request), code)
    return Response(image, media_type="image/png", headers={"cache-control": "no-store"})


async def _page(request: WebRequest, code: str, refusal: Refusal | None = None) -> Response[str]:
    found = await issuers.issuer_of_region(tools_of(request), actor_of(request), code)
    problem = problem_of(request, refusal) if refusal else None
    refused = await refused_form(request, refusal) if refusal else None
    now = {field: str(getattr(found.body, field)) for field in FIELDS}
    typed = _typed(now, refused)
    overtaken = isinstance(refusal, IssuerChanged)
    content = {
        "issuer": found,
        "form": typed,
        "one_person": _one_person(refused, otherwise=found.body.one_person),
        "theirs": {f: now[f] for f in FIELDS if overtaken and now[f] != typed[f]},
        "patterns": (STANDARD, LEGACY),
        "most": {"name": NAME, "mark": MARK, "pattern": PATTERN},
        "problem": problem,
    }
    status = problem.status if problem else 200
    return once(page(request, "issuer.html", content, status=status, path=f"/issuers/{code}"))


def _typed(now: dict[str, str], refused: RefusedForm | None) -> dict[str, str]:
    return {field: refused.typed(field, now[field]) if refused else now[field] for field in now}


def _one_person(refused: RefusedForm | None, *, otherwise: bool) -> bool:
    if refused is None or "name" not in refused.fields:
        return otherwise
    return refused.typed("one_person") == "yes"


ROUTES = [show_issuers, show_issuer, save, save_seal, show_seal]
