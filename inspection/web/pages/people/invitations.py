"""Where an invitation leads: a password of one's own, and in."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.people.account import LEAST_PASSWORD, MOST_PASSWORD
from inspection.domain.refusals import (
    InvitationExpired,
    InvitationRevoked,
    InvitationUsed,
    NotFound,
    Refusal,
)
from inspection.services.people import invitations
from inspection.services.people.invitations import Chosen
from inspection.services.people.sessions import Opened
from inspection.web.api.sessions import device_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.menu import home_of
from inspection.web.pages.people.signing_in import code_page, let_in
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.problems import problem_of
from inspection.web.session import WebRequest, tools_of
from inspection.wording import Language

OVER = (InvitationUsed, InvitationExpired, InvitationRevoked, NotFound)

Password = Annotated[str, Meta(max_length=MOST_PASSWORD)]


class TakeUpForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the invited person chooses; the name is there for whatever remembers passwords."""

    password: Password
    password_again: Password
    language: Language
    username: Annotated[str, Meta(max_length=120)] = ""

    def chosen(self) -> Chosen:
        """The same as the service is told."""
        return Chosen(
            password=self.password, password_again=self.password_again, language=self.language
        )


@get("/invitations/{token:str}", opt=needs(Action.PUBLIC))
async def show_invitation(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """Who invites whom, and the form; or why the invitation is over."""
    return await _invitation_page(request, token)


@post("/invitations/{token:str}", opt=needs(Action.SESSION_OPEN))
async def take_up(request: WebRequest, token: FromPath[str]) -> Response[Any]:
    """Set the password and sign in, or say why not."""
    try:
        typed = await form_of(request, TakeUpForm)
        outcome = await invitations.take_up(
            tools_of(request), token, typed.chosen(), device_of(request)
        )
    except OVER as over:
        return _over_page(request, over)
    except Refusal as refusal:
        return await _invitation_page(request, token, await refused_form(request, refusal))
    if isinstance(outcome, Opened):
        answer: Response[Any] = Redirect(home_of(outcome.actor.role), status_code=303)
        return let_in(request, outcome, answer)
    return code_page(request, outcome, RefusedForm(problem_of(request, NotFound()), {}))


async def _invitation_page(
    request: WebRequest, token: str, sent: RefusedForm | None = None
) -> Response[str]:
    try:
        found = await invitations.invitation_of(tools_of(request), token)
    except OVER as over:
        return _over_page(request, over)
    content = {
        "invitation": found,
        "token": token,
        "least": LEAST_PASSWORD,
        "most": MOST_PASSWORD,
        "language": sent.typed("language") if sent else language_of(request).value,
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "invitation.html", content, status=status, path=f"/invitations/{token}")


def _over_page(request: WebRequest, over: Refusal) -> Response[str]:
    problem = problem_of(request, over)
    # The address stays out of the page: a link that is over is nothing to come back to.
    content = {"problem": problem, "other_lang_href": ""}
    return page(request, "invitation-over.html", content, status=problem.status, path="/sign-in")


ROUTES = [show_invitation, take_up]
