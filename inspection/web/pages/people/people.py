"""The people of an administrator's part of the tree: the list, and adding somebody."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action, Actor, Role
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.people.account import ROLES_WITH_REGION
from inspection.domain.refusals import Refusal
from inspection.persistence.people.places import RegionRow
from inspection.services.people import people, people_pages
from inspection.services.people.people import PersonGiven
from inspection.services.people.people_pages import PeopleAsked
from inspection.services.sheet_exports import people_export
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format
from inspection.wording import Language

PEOPLE = "/people"
SORTS = ("name", "sign_in", "role", "state", "created", "-created")
STATES = ("invited", "active", "disabled")

Short = Annotated[str, Meta(max_length=120)]
RoleName = Literal["inspector", "store_staff", "regional_manager", "reviewer", "administrator"]


class PeopleQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    role: Literal[
        "", "inspector", "store_staff", "regional_manager", "reviewer", "administrator"
    ] = ""
    state: Literal["", "invited", "active", "disabled"] = ""
    region: Annotated[str, Meta(max_length=80)] = ""


class PersonForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said of a person."""

    name: Short
    role: RoleName
    region: Short = ""
    store: Short = ""
    pseudonym: Short = ""

    def given(self) -> PersonGiven:
        """The same as the service is told."""
        return PersonGiven(
            name=self.name,
            role=Role(self.role),
            region=self.region,
            store=self.store.strip(),
            pseudonym=self.pseudonym,
        )


class NewPersonForm(PersonForm, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The same of somebody new."""

    sign_in: Short
    language: Language = Language.ZH


@get(PEOPLE, opt=needs(Action.ACCOUNT_READ))
async def show_people(request: WebRequest) -> Response[str] | Stream:
    """A page of the people the caller administers."""
    query = query_of(request, PeopleQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    wanted = PeopleAsked(
        asked=query.asked(), role=query.role, state=query.state, region=query.region
    )
    if format := wanted_format(request):
        export = people_export(tools_of(request), actor, wanted, language_of(request))
        return await export_file(request, format, export)
    found = await people_pages.list_of_people(tools_of(request), actor, wanted)
    content = {
        "found": found,
        "asked": {
            "q": query.q,
            "sort": query.sort,
            "role": query.role,
            "state": query.state,
            "region": query.region,
        },
        "cursor": query.cursor,
        "sorts": SORTS,
        "roles": tuple(role.value for role in Role),
        "states": STATES,
        "regions": await people_pages.region_choices(actor),
    }
    return page(request, "people.html", content)


@get("/people/new", opt=needs(Action.ACCOUNT_EDIT))
async def show_new(request: WebRequest) -> Response[str]:
    """The form for somebody new."""
    return await _new_page(request)


@post(PEOPLE, opt=needs(Action.ACCOUNT_EDIT))
async def add(request: WebRequest) -> Response[str] | Redirect:
    """Add somebody; refused, the form comes back as it was filled in."""
    try:
        typed = await form_of(request, NewPersonForm)
        account = await people.add_person(
            tools_of(request), actor_of(request), typed.sign_in, typed.given(), typed.language
        )
    except Refusal as refusal:
        return await _new_page(request, await refused_form(request, refusal))
    return then(f"{PEOPLE}/{account}", "person_added")


async def fields_shown(actor: Actor, kept: str = "") -> dict[str, object]:
    """What the fields that say who somebody is offer to choose from; `kept` is their region."""
    regions: tuple[RegionRow, ...] = await people_pages.open_region_choices(actor, kept)
    return {
        "roles": tuple(role.value for role in Role),
        "regions": regions,
        "with_region": frozenset(role.value for role in ROLES_WITH_REGION),
    }


async def _new_page(request: WebRequest, sent: RefusedForm | None = None) -> Response[str]:
    actor = actor_of(request)
    shown = {
        "sign_in": "",
        "name": "",
        "role": Role.INSPECTOR.value,
        "region": "",
        "store": "",
        "pseudonym": await people.propose_pseudonym(actor),
        "language": Language.ZH.value,
    }
    content = {
        **await fields_shown(actor),
        "shown": {
            name: sent.typed(name, value) if sent else value for name, value in shown.items()
        },
        "problem": sent.problem if sent else None,
    }
    status = sent.problem.status if sent else 200
    return page(request, "person-new.html", content, status=status, path="/people/new")


ROUTES = [show_people, show_new, add]
