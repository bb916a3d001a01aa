"""/rubric-drafts: the drafts in work, beginning one, reading one, its file."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import BodyRefused, Fault, NotAllowed, NotFound, Refusal
from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.services.rubrics import rubric_lists
from inspection.services.rubrics.rubric_drafts import NewRubric, draft_of, start_draft
from inspection.services.rubrics.rubric_exports import draft_export
from inspection.services.rubrics.rubric_files import import_draft
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.rubrics.rubric_view import view_of
from inspection.web.problems import Problem, problem_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format
from inspection.web.uploads import upload_of

TABS = ("", "submitted", "approved", "published", "discarded")

Name = Annotated[str, Meta(max_length=400)]


class DraftsQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: Literal["", "submitted", "approved", "published", "discarded"] = ""


class StartForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rubric to begin with: a version, or a code, a title and a kind of store."""

    digest: Name = ""
    code: Name = ""
    title_zh: Name = ""
    title_en: Name = ""
    store_kind: Name = ""

    def begin(self) -> str | NewRubric:
        """What the draft is begun from."""
        return self.digest or NewRubric(
            code=self.code.strip(),
            title_zh=self.title_zh.strip(),
            title_en=self.title_en.strip(),
            store_kind=self.store_kind,
        )


@get("/rubric-drafts", opt=needs(Action.RUBRIC_DRAFT_READ))
async def show_drafts(request: WebRequest) -> Response[str] | Stream:
    """The drafts in work, or those in one state."""
    query = query_of(request, DraftsQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    state = DraftState(query.state) if query.state else None
    if format := wanted_format(request):
        export = draft_export(actor, query.asked(), state, language_of(request))
        return await export_file(request, format, export)
    found = await rubric_lists.draft_page(actor, query.asked(), state)
    content = {
        "found": found,
        "tabs": TABS,
        "asked": {"state": query.state, "q": query.q, "sort": query.sort},
        "cursor": query.cursor,
        "can_draft": rubric_lists.may_draft(actor),
    }
    return page(request, "rubric-drafts.html", content)


@get("/rubric-drafts/new", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def show_start(request: WebRequest) -> Response[str]:
    """The form a rubric is begun with."""
    return _start_page(request)


@post("/rubric-drafts", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def start(request: WebRequest) -> Response[str] | Redirect:
    """Begin a draft; refused, the form comes back as it was typed."""
    try:
        form = await form_of(request, StartForm)
        draft = await start_draft(tools_of(request), actor_of(request), form.begin())
    except Refusal as refusal:
        return _start_page(request, await refused_form(request, refusal))
    return then(f"/rubric-drafts/{draft}", "rubric_draft_started")


@post("/rubric-drafts/files", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def take_file(request: WebRequest) -> Response[str] | Redirect:
    """Begin a draft with a file; what is to mend in it is shown, and why it was refused."""
    try:
        sent = await upload_of(request)
        if not sent.content:
            raise BodyRefused(faults=(Fault("/file", "rubric_import.no_file"),))
        taken = await import_draft(
            tools_of(request), actor_of(request), sent.content, sent.file_name
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _start_page(request, file_problem=problem_of(request, refusal))
    if not taken.faults:
        return then(f"/rubric-drafts/{taken.id}", "rubric_draft_imported")
    content = {"taken": taken, "file_name": sent.file_name}
    return page(request, "rubric-imported.html", content, path=f"/rubric-drafts/{taken.id}")


@get("/rubric-drafts/{id:str}", opt=needs(Action.RUBRIC_DRAFT_READ))
async def show_draft(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One draft: its content, its faults, the way on."""
    found = await draft_of(actor_of(request), id)
    content = {
        "draft": found,
        "view": view_of(found.document),
        "decisions": await rubric_lists.decisions_about(actor_of(request), id),
    }
    return page(request, "rubric-draft.html", content)


def _start_page(
    request: WebRequest, refused: RefusedForm | None = None, file_problem: Problem | None = None
) -> Response[str]:
    typed = {name: refused.typed(name) if refused else "" for name in StartForm.__struct_fields__}
    problem = refused.problem if refused else None
    content = {"typed": typed, "problem": problem, "file_problem": file_problem}
    no = problem or file_problem
    status = no.status if no else 200
    return page(request, "rubric-start.html", content, status=status, path="/rubric-drafts/new")


ROUTES = [show_drafts, show_start, start, take_file, show_draft]
