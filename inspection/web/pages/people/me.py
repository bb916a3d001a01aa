"""One's own account, for everybody: language, password, devices."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action, Role
from inspection.domain.people.account import LEAST_PASSWORD, MOST_PASSWORD, PHONE_ROLES
from inspection.domain.refusals import Refusal
from inspection.services.people import accounts, own_account, people_pages, second_step
from inspection.services.people.invitations import Chosen
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import COOKIE as LANGUAGE_COOKIE
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.menu import home_of
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, session_of, tools_of
from inspection.wording import Language

ME = "/me"

Password = Annotated[str, Meta(max_length=MOST_PASSWORD)]


class PasswordForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The password there is, and the one there shall be."""

    old: Password
    password: Password
    password_again: Password


class LanguageForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language somebody reads."""

    language: Language


class SessionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which session to end, or "others"."""

    session: Annotated[str, Meta(min_length=1, max_length=64)]

    @property
    def ended(self) -> str:
        """The session's id; empty for all others."""
        return "" if self.session == "others" else self.session


@get(ME, opt=needs(Action.SELF_READ))
async def show_me(request: WebRequest) -> Response[str]:
    """The caller's own account."""
    return await _me_page(request)


@post("/me/password", opt=needs(Action.SELF_EDIT))
async def change_password(request: WebRequest) -> Response[str] | Redirect:
    """Another password; the other devices are signed out."""
    try:
        typed = await form_of(request, PasswordForm)
        chosen = Chosen(
            password=typed.password,
            password_again=typed.password_again,
            language=Language(actor_of(request).language),
        )
        await own_account.change_own_password(
            tools_of(request), actor_of(request), session_of(request), typed.old, chosen
        )
    except Refusal as refusal:
        return await _me_page(request, await refused_form(request, refusal))
    return then(ME, "password_changed")


@post("/me/language", opt=needs(Action.LANGUAGE_CHOOSE))
async def choose_language(request: WebRequest) -> Response[str] | Redirect:
    """The language on every device."""
    try:
        typed = await form_of(request, LanguageForm)
        await accounts.change_language(tools_of(request), actor_of(request), typed.language)
    except Refusal as refusal:
        return await _me_page(request, await refused_form(request, refusal))
    answer = then(ME, "language_chosen")
    # A choice made in an address before would speak louder than the account's.
    answer.delete_cookie(LANGUAGE_COOKIE)
    return answer


@post("/me/ended-sessions", opt=needs(Action.SELF_EDIT))
async def end_sessions(request: WebRequest) -> Response[str] | Redirect:
    """Sign out another device, or all others."""
    try:
        typed = await form_of(request, SessionForm)
        await own_account.end_own_sessions(
            tools_of(request), actor_of(request), session_of(request), typed.ended
        )
    except Refusal as refusal:
        return await _me_page(request, await refused_form(request, refusal))
    return then(ME, "sessions_ended")


def shell_of(role: Role) -> str:
    """Which frame somebody's own pages stand in."""
    return "_phone.html" if role in PHONE_ROLES else "_desk.html"


async def _me_page(request: WebRequest, sent: RefusedForm | None = None) -> Response[str]:
    actor, tools = actor_of(request), tools_of(request)
    content = {
        "shell": shell_of(actor.role),
        "home": home_of(actor.role),
        "profile": await accounts.profile_of(actor, language_of(request)),
        "devices": await people_pages.own_devices(tools, actor, session_of(request).id),
        "second_step": await second_step.own_second_step(tools, actor),
        "least": LEAST_PASSWORD,
        "most": MOST_PASSWORD,
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "me.html", content, status=status, path=ME)


ROUTES = [show_me, change_password, choose_language, end_sessions]
