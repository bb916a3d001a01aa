"""One's own second step of signing in: set up, recovery codes, switched off again."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Meta

from inspection.documents.qr import svg
from inspection.domain.access import Action
from inspection.domain.people.account import MOST_PASSWORD
from inspection.domain.refusals import Refusal, SecondStepMissing
from inspection.services.people import second_step
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.menu import home_of
from inspection.web.pages.people.me import ME, shell_of
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import once, page
from inspection.web.problems import refused, wants_json
from inspection.web.session import WebRequest, actor_of, session_of, tools_of
from inspection.wording import say

SECOND_STEP = "/me/second-step"


class CodeForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code from the authenticator app, or a recovery code."""

    code: Annotated[str, Meta(max_length=40)]


class PasswordForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The caller's password."""

    password: Annotated[str, Meta(max_length=MOST_PASSWORD)]


@get(SECOND_STEP, opt=needs(Action.SELF_READ))
async def show_second_step(request: WebRequest) -> Response[str]:
    """Where the caller's second step stands and what to do next."""
    return await _page(request)


@post(SECOND_STEP, opt=needs(Action.SELF_EDIT))
async def begin(request: WebRequest) -> Response[str] | Redirect:
    """Make a secret and show its QR code."""
    try:
        typed = await form_of(request, PasswordForm)
        await second_step.begin(
            tools_of(request), actor_of(request), session_of(request), typed.password
        )
    except Refusal as refusal:
        return await _page(request, await refused_form(request, refusal))
    return Redirect(SECOND_STEP, status_code=303)


@post("/me/second-step/confirmations", opt=needs(Action.SELF_EDIT))
async def confirm(request: WebRequest) -> Response[str]:
    """Switch it on with a code, and show the recovery codes this once."""
    try:
        typed = await form_of(request, CodeForm)
        codes = await second_step.confirm(
            tools_of(request), actor_of(request), session_of(request), typed.code
        )
    except Refusal as refusal:
        return await _page(request, await refused_form(request, refusal))
    return _codes_page(request, codes)


@post("/me/second-step/recovery-codes", opt=needs(Action.SELF_EDIT))
async def renew(request: WebRequest) -> Response[str]:
    """Ten new recovery codes, shown this once."""
    try:
        typed = await form_of(request, CodeForm)
        codes = await second_step.renew_recovery_codes(
            tools_of(request), actor_of(request), session_of(request), typed.code
        )
    except Refusal as refusal:
        return await _page(request, await refused_form(request, refusal))
    return _codes_page(request, codes)


@post("/me/second-step/endings", opt=needs(Action.SELF_EDIT))
async def switch_off(request: WebRequest) -> Response[str] | Redirect:
    """Sign in by the password alone again."""
    try:
        typed = await form_of(request, PasswordForm)
        await second_step.switch_off(
            tools_of(request),
            actor_of(request),
            session_of(request),
            typed.password,
            required=_required(request),
        )
    except Refusal as refusal:
        return await _page(request, await refused_form(request, refusal))
    return then(ME, "second_step_off")


def second_step_missing(request: WebRequest, refusal: SecondStepMissing) -> Response[object]:
    """Lead whoever opens a page to where the second step is set up; refuse everything else."""
    if request.method == "GET" and not wants_json(request):
        return Redirect(SECOND_STEP, status_code=303)
    return refused(request, refusal)


async def _page(request: WebRequest, sent: RefusedForm | None = None) -> Response[str]:
    actor = actor_of(request)
    found = await second_step.own_second_step(tools_of(request), actor)
    title = say(language_of(request), "second_step.qr_title")
    content = {
        "shell": shell_of(actor.role),
        "found": found,
        "qr": svg(found.uri, title) if found.uri else "",
        "needed": second_step.is_needed(actor, required=_required(request)),
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return once(page(request, "second-step.html", content, status=status, path=SECOND_STEP))


def _codes_page(request: WebRequest, codes: tuple[str, ...]) -> Response[str]:
    role = actor_of(request).role
    content = {"shell": shell_of(role), "codes": codes, "home": home_of(role)}
    return once(page(request, "recovery-codes.html", content, path=SECOND_STEP))


def _required(request: WebRequest) -> bool:
    required: bool = request.app.state.settings.require_totp
    return required


ROUTES = [show_second_step, begin, confirm, renew, switch_off]
