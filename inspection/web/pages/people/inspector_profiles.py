"""/inspectors/{id}: where an inspector sets out from, and what they can take on."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.refusals import BodyRefused, Fault, Refusal
from inspection.services.people import inspector_profiles
from inspection.services.people.inspector_profiles import ProfileWish
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of

Number = Annotated[str, Meta(max_length=6)]


class ProfileForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A profile; an empty cap is none of their own."""

    seen: Annotated[str, Meta(max_length=120)]
    home: Annotated[str, Meta(max_length=80)] = ""
    per_round: Number = ""
    per_day: Number = ""

    def wish(self) -> ProfileWish:
        """The same as the service is asked. Raises BodyRefused for what is no number."""
        return ProfileWish(
            home=self.home,
            per_round=_number("per_round", self.per_round),
            per_day=_number("per_day", self.per_day),
            seen=self.seen,
        )


@get("/inspectors/{id:str}", opt=needs(Action.INSPECTOR_EDIT))
async def show_profile(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """The profile, to be changed."""
    return await _page(request, id)


@post("/inspectors/{id:str}", opt=needs(Action.INSPECTOR_EDIT))
async def keep(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep it; refused, the page comes back as it was typed."""
    try:
        form = await form_of(request, ProfileForm)
        await inspector_profiles.keep_profile(tools_of(request), actor_of(request), id, form.wish())
    except Refusal as refusal:
        return await _page(request, id, await refused_form(request, refusal))
    return then(f"/inspectors/{id}", "saved")


async def _page(
    request: WebRequest, account: str, form: RefusedForm | None = None
) -> Response[str]:
    found = await inspector_profiles.profile_page(tools_of(request), actor_of(request), account)
    row = found.row
    kept = {
        "home": row.home,
        "per_round": "" if row.per_round is None else str(row.per_round),
        "per_day": "" if row.per_day is None else str(row.per_day),
    }
    content = {
        "found": found,
        "form": {name: form.typed(name, value) if form else value for name, value in kept.items()},
        "problem": form.problem if form else None,
    }
    path = f"/inspectors/{account}"
    status = form.problem.status if form else 200
    return page(request, "inspector.html", content, status=status, path=path if form else "")


def _number(name: str, typed: str) -> int | None:
    said = typed.strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit()):
        raise BodyRefused(faults=(Fault(f"/{name}", "plan.no_number"),))
    return int(said)


ROUTES = [show_profile, keep]
