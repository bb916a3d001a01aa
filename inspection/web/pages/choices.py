"""One's own choices of what to be told on which ways, and confirming a mail address."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.messages.message import PERSONAL
from inspection.domain.refusals import Refusal
from inspection.domain.refusals.messages import ChoiceRefused
from inspection.services.messages import message_choices
from inspection.services.messages.message_choices import ChoiceGiven, OwnChoices
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.people.me import shell_of
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of

CHOICES = "/me/notifications"

Token = Annotated[str, Meta(max_length=100)]
Clock = Annotated[str, Meta(max_length=5)]


class ChoiceForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The choices as the page sends them; a box that is not ticked is not sent."""

    seen: int
    quiet_from: Clock
    quiet_to: Clock
    way: tuple[Annotated[str, Meta(max_length=80)], ...] = ()
    quiet: str = ""
    digest: str = ""

    def given(self) -> ChoiceGiven:
        """The same as the service is told. Raises ChoiceRefused."""
        return ChoiceGiven(
            chosen=frozenset(self.way),
            quiet=bool(self.quiet),
            quiet_from=_minute(self.quiet_from),
            quiet_to=_minute(self.quiet_to),
            digest=bool(self.digest),
        )


class MailForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The address letters shall go to."""

    mail: Annotated[str, Meta(max_length=300)]


class TokenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the link of a letter held."""

    token: Token


class ChoicesQuery(msgspec.Struct, frozen=True):
    """What the link of a letter says."""

    token: Token = ""


@get(CHOICES, opt=needs(Action.SELF_READ))
async def show_choices(request: WebRequest) -> Response[str]:
    """The caller's choices. The link of a letter leads here and finds a button: programs that look
    at links press none.
    """
    query = query_of(request, ChoicesQuery, unknown=Unknown.IGNORED)
    return await _choices_page(request, token=query.token)


@post(CHOICES, opt=needs(Action.SELF_EDIT))
async def keep(request: WebRequest) -> Response[str] | Redirect:
    """Keep them; refused, the page comes back as it was filled in."""
    try:
        form = await form_of(request, ChoiceForm)
        await message_choices.keep_choices(
            tools_of(request), actor_of(request), form.given(), form.seen
        )
    except Refusal as refusal:
        return await _choices_page(request, await refused_form(request, refusal))
    return then(CHOICES, "choice_kept")


@post("/me/notifications/mail", opt=needs(Action.SELF_EDIT))
async def ask_mail(request: WebRequest) -> Response[str] | Redirect:
    """Send a link to an address, or letters no more."""
    try:
        form = await form_of(request, MailForm)
        await message_choices.ask_mail(tools_of(request), actor_of(request), form.mail)
    except Refusal as refusal:
        return await _choices_page(request, await refused_form(request, refusal))
    return then(CHOICES, "mail_asked" if form.mail.strip() else "mail_ended")


@post("/me/notifications/confirmations", opt=needs(Action.SELF_EDIT))
async def confirm(request: WebRequest) -> Response[str] | Redirect:
    """The address counts."""
    try:
        form = await form_of(request, TokenForm)
        await message_choices.confirm_mail(tools_of(request), actor_of(request), form.token)
    except Refusal as refusal:
        return await _choices_page(request, await refused_form(request, refusal))
    return then(CHOICES, "mail_confirmed")


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2):
        raise ChoiceRefused
    if int(minute) > 59:
        raise ChoiceRefused
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


async def _choices_page(
    request: WebRequest, sent: RefusedForm | None = None, *, token: str = ""
) -> Response[str]:
    actor = actor_of(request)
    found = await message_choices.own_choices(tools_of(request), actor)
    typed = sent if sent and "quiet_from" in sent.fields else None
    content = {
        "shell": shell_of(actor.role),
        "found": found,
        "channels": tuple(channel.value for channel in PERSONAL),
        "ways": frozenset(typed.fields.get("way", ())) if typed else _ways(found),
        "quiet": bool(typed.typed("quiet")) if typed else found.quiet,
        "digest": bool(typed.typed("digest")) if typed else found.digest,
        "quiet_from": typed.typed("quiet_from") if typed else _clock(found.quiet_from),
        "quiet_to": typed.typed("quiet_to") if typed else _clock(found.quiet_to),
        "mail": sent.typed("mail", found.mail or found.asked)
        if sent
        else found.mail or found.asked,
        "token": token,
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "choices.html", content, status=status, path=CHOICES if sent else "")


def _ways(found: OwnChoices) -> frozenset[str]:
    return frozenset(f"{each.kind.value}/{way.value}" for each in found.kinds for way in each.ways)


ROUTES = [show_choices, keep, ask_mail, confirm]
