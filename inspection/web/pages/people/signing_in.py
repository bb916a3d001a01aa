"""Signing in and out on a page, and the way home."""

import re
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.refusals import CodeNeeded, NotSignedIn, Refusal, SignInStepEnded
from inspection.services.people import sessions, sign_in_steps
from inspection.services.people.demo_sign_ins import DEMO_SIGN_INS
from inspection.services.people.sessions import Opened
from inspection.web.api.sessions import device_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import other_language
from inspection.web.pages.links import address, then
from inspection.web.pages.menu import home_of
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import once, page
from inspection.web.pages.resending import KeptForm, carried_form, kept_form, send_again
from inspection.web.problems import problem_of, refused
from inspection.web.session import (
    WebRequest,
    caller_of,
    drop_session,
    keep_session,
    session_of,
    tools_of,
)

SIGN_IN = "/sign-in"
CODE = "/sign-in/code"

_INSIDE = re.compile(r"/(?![/\\])[!-\[\]-~]*")

Onward = Annotated[str, Meta(max_length=400)]


class SignInForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the form sends."""

    sign_in: Annotated[str, Meta(max_length=120)]
    password: Annotated[str, Meta(max_length=128)]
    next: Onward = ""
    again_to: Onward = ""
    again: tuple[str, ...] = ()


class CodeForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the second form sends: the code, and what the first one had with it."""

    step: Annotated[str, Meta(max_length=64)]
    code: Annotated[str, Meta(max_length=40)]
    next: Onward = ""
    again_to: Onward = ""
    again: tuple[str, ...] = ()


@get("/", opt=needs(Action.PUBLIC))
async def home(request: WebRequest) -> Redirect:
    """Send everybody to where their work is."""
    caller = caller_of(request)
    return Redirect(home_of(caller.actor.role) if caller else SIGN_IN, status_code=303)


@get(SIGN_IN, opt=needs(Action.PUBLIC))
async def show_sign_in(request: WebRequest) -> Response[str]:
    """The form; somebody signed in may use it to become somebody else."""
    return _form(request, request.query_params.get("next", ""))


@post(SIGN_IN, opt=needs(Action.SESSION_OPEN))
async def sign_in(request: WebRequest) -> Response[Any]:
    """Open a session, ask for the code, or show the form again with what was typed and why not."""
    try:
        typed = await form_of(request, SignInForm)
        opened = await sessions.sign_in(
            tools_of(request), typed.sign_in, typed.password, device_of(request)
        )
    except CodeNeeded as needed:
        return code_page(request, needed.step, await refused_form(request, needed))
    except Refusal as refusal:
        sent = await refused_form(request, refusal)
        return _form(request, sent.typed("next"), sent, carried_form(sent))
    return _signed_in(request, opened, typed)


@get(CODE, opt=needs(Action.PUBLIC))
async def show_code(request: WebRequest) -> Redirect:  # noqa: ARG001  every handler takes the request
    """Who comes back to the second form by its address begins anew."""
    return Redirect(SIGN_IN, status_code=303)


@post(CODE, opt=needs(Action.SESSION_OPEN))
async def sign_in_with_code(request: WebRequest) -> Response[Any]:
    """Open the session the code was missing for, or say why not."""
    try:
        typed = await form_of(request, CodeForm)
        opened = await sign_in_steps.finish_step(
            tools_of(request), typed.step, typed.code, device_of(request)
        )
    except SignInStepEnded as refusal:
        sent = await refused_form(request, refusal)
        return _form(request, sent.typed("next"), sent, carried_form(sent))
    except Refusal as refusal:
        sent = await refused_form(request, refusal)
        return code_page(request, sent.typed("step"), sent, problem=True)
    return _signed_in(request, opened, typed)


@post("/sign-out", opt=needs(Action.SESSION_CLOSE))
async def sign_out(request: WebRequest) -> Redirect:
    """End this browser's session."""
    await sessions.sign_out(tools_of(request), session_of(request))
    answer = then(SIGN_IN, "signed_out")
    drop_session(answer, secure=request.app.state.settings.secure_cookies)
    return answer


def session_ended(request: WebRequest, refusal: NotSignedIn) -> Response[object]:
    """The answer to who is not signed in. A form of ours is kept: signing in, its sender finds it
    again.
    """
    form = kept_form(request)
    if form is None:
        return refused(request, refusal)
    shown: Response[Any] = _form(request, "", RefusedForm(problem_of(request, refusal), {}), form)
    return shown


def code_page(
    request: WebRequest, step: str, sent: RefusedForm, *, problem: bool = False
) -> Response[str]:
    """The second form, with all the first one carried."""
    content = {
        "step": step,
        "next": inside(sent.typed("next")),
        "kept": carried_form(sent),
        "problem": sent.problem if problem else None,
    }
    status = sent.problem.status if problem else 200
    return once(page(request, "sign-in-code.html", content, status=status, path=SIGN_IN))


def let_in(request: WebRequest, opened: Opened, answer: Response[Any]) -> Response[Any]:
    """The answer with the new session's cookie."""
    keep_session(request, answer, opened)
    return answer


def _signed_in(request: WebRequest, opened: Opened, typed: SignInForm | CodeForm) -> Response[Any]:
    if inside(typed.again_to):
        kept = KeptForm(to=typed.again_to, lines=typed.again)
        return let_in(request, opened, send_again(request, opened, kept))
    where = inside(typed.next) or home_of(opened.actor.role)
    return let_in(request, opened, Redirect(where, status_code=303))


def _form(
    request: WebRequest,
    next_: str,
    sent: RefusedForm | None = None,
    kept: KeptForm | None = None,
) -> Response[str]:
    content = {
        "next": inside(next_),
        "typed": sent.typed("sign_in") if sent else "",
        "demo": DEMO_SIGN_INS if request.app.state.settings.demo else (),
        "problem": sent.problem if sent else None,
        "kept": kept,
    }
    if sent is None:
        return page(request, "sign-in.html", content)
    # The page answers a form: its address says nothing of where the caller was going.
    content["other_lang_href"] = address(
        SIGN_IN, next=content["next"], lang=other_language(request)
    )
    return page(request, "sign-in.html", content, status=sent.problem.status, path=SIGN_IN)


def inside(place: str) -> str:
    """The address if it is a path of ours; an address elsewhere is no place to send people."""
    # Browsers drop tabs and line breaks before they look for "//": only visible ASCII passes.
    return place if _INSIDE.fullmatch(place) else ""


ROUTES = [home, show_sign_in, sign_in, show_code, sign_in_with_code, sign_out]
