"""One person as an administrator keeps them: who they are, their way in, their devices."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.documents.qr import svg
from inspection.domain.access import Action, Actor
from inspection.domain.people.person import Unit
from inspection.domain.refusals import AccountChanged, BodyRefused, Fault, Refusal
from inspection.services.people import invitations, people, people_access, people_pages
from inspection.services.people.people_pages import PersonDetail
from inspection.services.tools import Tools
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.people.people import PEOPLE, PersonForm, fields_shown
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import once, page
from inspection.web.session import WebRequest, actor_of, session_of, tools_of
from inspection.wording import say

BLANK_UNITS = 1
MOST_UNITS = 40

FIELDS = ("name", "role", "region", "store", "pseudonym")

Change = Callable[[Tools, Actor, str], Awaitable[None]]

Seen = Annotated[str, Meta(max_length=64)]


class EditForm(PersonForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is said of a person, and the version the page showed."""

    seen: Seen


class UnitsForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field of each kind for every unit; a row without a region is left out."""

    seen: Seen
    unit: tuple[str, ...] = ()
    from_on: tuple[str, ...] = ()
    to_on: tuple[str, ...] = ()

    def units(self) -> tuple[Unit, ...]:
        """The units. Raises BodyRefused when a row lacks a field or a day is none."""
        columns = (self.unit, self.from_on, self.to_on)
        if len({len(column) for column in columns}) > 1 or len(self.unit) > MOST_UNITS:
            raise BodyRefused(faults=(Fault("/unit", "body.missing_field"),))
        rows = [row for row in enumerate(zip(*columns, strict=True)) if row[1][0]]
        return tuple(
            Unit(region, _day(f"/from_on/{place}", begin), _day(f"/to_on/{place}", end))
            for place, (region, begin, end) in rows
        )


class SessionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which session to end, or "all"."""

    session: Annotated[str, Meta(min_length=1, max_length=64)]

    @property
    def ended(self) -> str:
        """The session's id; empty for all of them."""
        return "" if self.session == "all" else self.session


@get("/people/{id:str}", opt=needs(Action.ACCOUNT_READ))
async def show_person(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """Everything about one person."""
    return await _person_page(request, id)


@post("/people/{id:str}/details", opt=needs(Action.ACCOUNT_EDIT))
async def edit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Change who somebody is; refused, the page comes back with what was typed."""
    try:
        typed = await form_of(request, EditForm)
        await people.edit_person(
            tools_of(request), actor_of(request), id, typed.given(), typed.seen
        )
    except Refusal as refusal:
        return await _refused(request, id, refusal)
    return then(f"{PEOPLE}/{id}", "person_saved")


@post("/people/{id:str}/units", opt=needs(Action.ACCOUNT_EDIT))
async def keep_units(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Write which regions an inspector belongs and belonged to."""
    try:
        typed = await form_of(request, UnitsForm)
        await people.keep_units(tools_of(request), actor_of(request), id, typed.units(), typed.seen)
    except Refusal as refusal:
        return await _refused(request, id, refusal)
    return then(f"{PEOPLE}/{id}", "person_saved")


@post("/people/{id:str}/invitations", opt=needs(Action.ACCOUNT_EDIT))
async def invite(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """Issue an invitation and show it, this once."""
    try:
        await form_of(request, Asked)
        issued = await invitations.invite(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        return await _refused(request, id, refusal)
    link = f"{tools_of(request).address}/invitations/{issued.token}"
    title = say(language_of(request), "people.qr_title", name=issued.name)
    content = {"issued": issued, "link": link, "qr": svg(link, title), "person": id}
    return once(page(request, "invitation-issued.html", content, path=f"{PEOPLE}/{id}"))


@post("/people/{id:str}/withdrawn-invitations", opt=needs(Action.ACCOUNT_EDIT))
async def withdraw_invitation(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """End an invitation nobody took up."""
    return await _done(request, id, invitations.withdraw, "invitation_withdrawn")


@post("/people/{id:str}/disabling", opt=needs(Action.ACCOUNT_EDIT))
async def disable(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep somebody out from now on."""
    return await _done(request, id, people_access.disable_person, "person_disabled")


@post("/people/{id:str}/enabling", opt=needs(Action.ACCOUNT_EDIT))
async def enable(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Let somebody in again."""
    return await _done(request, id, people_access.enable_person, "person_enabled")


@post("/people/{id:str}/lost-phones", opt=needs(Action.ACCOUNT_EDIT))
async def lose_phones(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Have somebody's phones erased."""
    return await _done(request, id, people_access.lose_phones, "phone_lost")


@post("/people/{id:str}/second-step-resets", opt=needs(Action.ACCOUNT_EDIT))
async def reset_second_step(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Take somebody's second step away."""
    return await _done(request, id, people_access.reset_second_step, "second_step_reset")


@post("/people/{id:str}/ended-sessions", opt=needs(Action.ACCOUNT_EDIT))
async def end_sessions(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """End one of somebody's sessions, or all."""
    try:
        typed = await form_of(request, SessionForm)
        await people_access.end_sessions(tools_of(request), actor_of(request), id, typed.ended)
    except Refusal as refusal:
        return await _refused(request, id, refusal)
    return then(f"{PEOPLE}/{id}", "sessions_ended")


async def _done(
    request: WebRequest, id: str, change: Change, said: str
) -> Response[str] | Redirect:
    try:
        await form_of(request, Asked)
        await change(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        return await _refused(request, id, refusal)
    return then(f"{PEOPLE}/{id}", said)


async def _refused(request: WebRequest, id: str, refusal: Refusal) -> Response[str]:
    # A region, a store or a session may be what is missing: the person decides what is shown.
    return await _person_page(request, id, await refused_form(request, refusal))


async def _person_page(
    request: WebRequest, id: str, sent: RefusedForm | None = None
) -> Response[str]:
    actor = actor_of(request)
    found = await people_pages.person_detail(tools_of(request), actor, id, session_of(request).id)
    content = {
        **await fields_shown(actor, found.person.region),
        **_shown(found, sent),
        "found": found,
        "own": found.person.id == actor.account,
        "units_choices": await people_pages.unit_choices(actor),
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "person.html", content, status=status, path=f"{PEOPLE}/{id}")


def _shown(found: PersonDetail, sent: RefusedForm | None) -> dict[str, object]:
    """What the fields hold. After a change by somebody else they hold what is kept now, and what
    was typed stands apart.
    """
    kept = {name: str(getattr(found.person, name)) for name in FIELDS}
    units = [(unit.region, _text(unit.from_on), _text(unit.to_on)) for unit in found.units]
    blank = [("", "", "")] * BLANK_UNITS
    shown: dict[str, object] = {"shown": kept, "unit_rows": units + blank}
    shown |= {"unsaved": [], "unsaved_units": []}
    if sent is None:
        return shown
    typed = {name: sent.typed(name, value) for name, value in kept.items()}
    rows = list(
        zip(*(sent.fields.get(name, []) for name in ("unit", "from_on", "to_on")), strict=False)
    )
    if sent.problem.code == AccountChanged.code:
        differing = [(name, typed[name]) for name in FIELDS if typed[name] != kept[name]]
        return shown | {"unsaved": differing, "unsaved_units": [row for row in rows if row[0]]}
    return shown | {"shown": typed, "unit_rows": rows or units + blank}


def _day(pointer: str, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BodyRefused(faults=(Fault(pointer, "body.expected_date"),)) from None


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


ROUTES = [
    show_person,
    edit,
    keep_units,
    invite,
    withdraw_invitation,
    disable,
    enable,
    lose_phones,
    reset_second_step,
    end_sessions,
]
