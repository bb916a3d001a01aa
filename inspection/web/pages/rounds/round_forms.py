"""Forms of a round: a new draft, a draft changed, an open round amended."""

from datetime import date
from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.deadline import RoundHours
from inspection.domain.refusals import Refusal, RoundChanged, RoundRefused
from inspection.domain.releases.release import MONDAY, ReleaseRule
from inspection.domain.rounds.round import RoundMove
from inspection.domain.rounds.round_plan import LONGEST_CODE, LONGEST_NAME, MOST_VISITS, VISIT_KINDS
from inspection.domain.rounds.round_plan import RoundPlan as Plan
from inspection.domain.rubrics.rubric import Text
from inspection.services.rounds import round_details, round_drafts
from inspection.services.rounds.round_details import RoundDetail
from inspection.services.rounds.round_drafts import Amendment
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.rounds.round_fields import fields_of, pass_line_of, typed_fields
from inspection.web.session import WebRequest, actor_of, tools_of

Name = Annotated[str, Meta(max_length=4 * LONGEST_NAME)]
Code = Annotated[str, Meta(max_length=4 * LONGEST_CODE)]
Tick = Literal["", "on"]


class RoundForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round as the page sends it: one `rubric` for every kind of store, empty for none."""

    code: Code
    zh: Name
    en: Name
    kind: Annotated[str, Meta(max_length=40)]
    starts_on: date
    ends_on: date
    min_visits: int
    region: Annotated[str, Meta(max_length=80)] = ""
    theme_zh: Name = ""
    theme_en: Name = ""
    pass_line: Annotated[str, Meta(max_length=20)] = ""
    pilot: Tick = ""
    disclose_day: Tick = ""
    hours_kind: RoundHours = ""
    release_rule: ReleaseRule = ReleaseRule.METHOD
    release_day: int = MONDAY
    previous: Code = ""
    rubric: tuple[Annotated[str, Meta(max_length=64)], ...] = ()
    seen: int = 0

    def plan(self) -> Plan:
        """The same as the service is asked. Raises RoundRefused for a line that is no number."""
        return Plan(
            code=self.code.strip(),
            name=Text(self.zh.strip(), self.en.strip()),
            theme=Text(self.theme_zh.strip(), self.theme_en.strip()),
            visit_kind=self.kind,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            min_visits=self.min_visits,
            pass_line=pass_line_of(self.pass_line, RoundRefused),
            pilot=bool(self.pilot),
            disclose_day=bool(self.disclose_day),
            hours_kind=self.hours_kind,
            release_rule=self.release_rule,
            release_day=self.release_day,
            previous=self.previous,
            region_path=self.region,
            rubrics=tuple(digest for digest in self.rubric if digest),
        )


class AmendForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What may still change in an open round."""

    zh: Name
    en: Name
    ends_on: date
    theme_zh: Name = ""
    theme_en: Name = ""
    seen: int = 0

    def amendment(self) -> Amendment:
        """The same as the service is asked."""
        return Amendment(
            name=Text(self.zh.strip(), self.en.strip()),
            theme=Text(self.theme_zh.strip(), self.theme_en.strip()),
            ends_on=self.ends_on,
        )


@get("/rounds/new", opt=needs(Action.ROUND_EDIT))
async def new_round(request: WebRequest) -> Response[str]:
    """An empty form."""
    return await _form_page(request, None)


@post("/rounds", opt=needs(Action.ROUND_EDIT))
async def draft(request: WebRequest) -> Response[str] | Redirect:
    """Keep a new draft; refused, the form comes back as it was filled in."""
    try:
        form = await form_of(request, RoundForm)
        await round_drafts.draft_round(tools_of(request), actor_of(request), form.plan())
    except Refusal as refusal:
        return await _form_page(request, None, await refused_form(request, refusal))
    return then(f"/rounds/{form.code.strip()}", "round_saved")


@get("/rounds/{code:str}/edit", opt=needs(Action.ROUND_EDIT))
async def edit_round(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """The form of a draft, or of an open round with what may still change."""
    found = await round_details.round_of(actor_of(request), code)
    return await _form_page(request, found)


@post("/rounds/{code:str}/revisions", opt=needs(Action.ROUND_EDIT))
async def revise(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Keep the draft's new words and rules; a conflict shows both."""
    try:
        form = await form_of(request, RoundForm)
        await round_drafts.edit_round(
            tools_of(request), actor_of(request), code, form.plan(), form.seen
        )
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{form.code.strip()}", "round_saved")


@post("/rounds/{code:str}/amendments", opt=needs(Action.ROUND_EDIT))
async def amend(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Keep what changed in an open round."""
    try:
        form = await form_of(request, AmendForm)
        await round_drafts.amend_round(
            tools_of(request), actor_of(request), code, form.amendment(), form.seen
        )
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", "round_saved")


async def _refused_page(request: WebRequest, code: str, refusal: Refusal) -> Response[str]:
    found = await round_details.round_of(actor_of(request), code)
    refused = await refused_form(request, refusal)
    return await _form_page(request, found, refused, is_overtaken=isinstance(refusal, RoundChanged))


async def _form_page(
    request: WebRequest,
    found: RoundDetail | None,
    refused: RefusedForm | None = None,
    *,
    is_overtaken: bool = False,
) -> Response[str]:
    now = fields_of(found)
    typed = typed_fields(now, refused)
    content = {
        "round": found,
        "amending": found is not None and RoundMove.AMEND in found.moves,
        "may_save": found is None or bool({RoundMove.EDIT, RoundMove.AMEND} & found.moves),
        "options": await round_details.round_options(actor_of(request)),
        "form": typed,
        "theirs": {name: now[name] for name in now if is_overtaken and now[name] != typed[name]},
        "kinds": VISIT_KINDS,
        "most": {"code": LONGEST_CODE, "name": LONGEST_NAME, "visits": MOST_VISITS},
        "problem": refused.problem if refused else None,
    }
    path = f"/rounds/{found.entry.code}/edit" if found else "/rounds/new"
    status = refused.problem.status if refused else 200
    return page(request, "round-form.html", content, status=status, path=path)


ROUTES = [new_round, draft, edit_round, revise, amend]
