"""A store's appeals: its list, the form about a line, and how one of them stands."""

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action, Actor
from inspection.domain.appeals.appeal import TEXT, Ground
from inspection.domain.appeals.attachment import MOST_FILES
from inspection.domain.refusals import BodyRefused, Fault, NotFound, Refusal
from inspection.services.appeals import appeal_threads, appeals, attachments, store_appeals
from inspection.services.appeals.appeal_threads import Saying
from inspection.services.appeals.appeals import Filing
from inspection.services.appeals.attachments import NO_FILES, Files, SentFile
from inspection.services.tools import Tools
from inspection.web.file_names import small_number
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.rendering import page
from inspection.web.problems import Problem, problem_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.uploads import Upload, upload_of


class WithdrawalForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Taking an appeal back, in the version the page showed."""

    seen: int


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What a form said that comes back: the files it brought are here and stay chosen."""

    text: str = ""
    item: str = ""
    ground: str = ""
    files: Files = NO_FILES
    names: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def kept(self) -> str:
        """The files as a field of the form names them."""
        photos = [f"photo:{sha}" for sha in self.files.photos]
        return " ".join((*photos, *(f"document:{sha}" for sha in self.files.documents)))


NOTHING = Typed()


async def show_own(request: WebRequest) -> Response[str]:
    """The store's appeals, latest first."""
    found = await store_appeals.own_appeals(actor_of(request))
    return page(request, "store-appeals.html", {"rows": found})


async def appeal_page(request: WebRequest, appeal: str, typed: Typed = NOTHING) -> Response[str]:
    """How an appeal stands, and room to say more."""
    found = await store_appeals.store_appeal(actor_of(request), appeal)
    content = {
        "appeal": found,
        "typed": typed,
        "most": TEXT,
        "most_files": MOST_FILES,
        "problem": typed.problem,
    }
    status = typed.problem.status if typed.problem else 200
    return page(request, "store-appeal.html", content, status=status, path=f"/appeals/{appeal}")


async def say(request: WebRequest, appeal: str) -> Response[str] | Redirect:
    """Say more, and add files."""
    tools, actor = tools_of(request), actor_of(request)
    typed = NOTHING
    try:
        upload = await upload_of(request)
        typed = _words(upload)
        typed = await _with_files(tools, actor, typed, upload)
        saying = Saying(text=typed.text, files=typed.files)
        await appeal_threads.add_message(tools, actor, appeal, saying)
    except Refusal as refusal:
        return await appeal_page(request, appeal, _refused(request, typed, refusal))
    return then(f"/appeals/{appeal}", "appeal_said")


@get("/notices/{id:str}/lines/{number:str}/appeal", opt=needs(Action.APPEAL_FILE))
async def show_form(request: WebRequest, id: FromPath[str], number: FromPath[str]) -> Response[str]:
    """The form to appeal against a line."""
    return await _form_page(request, id, _number(number), NOTHING)


@post("/notices/{id:str}/lines/{number:str}/appeals", opt=needs(Action.APPEAL_FILE))
async def file(
    request: WebRequest, id: FromPath[str], number: FromPath[str]
) -> Response[str] | Redirect:
    """File it; refused, the form comes back with what was typed, and with the files it brought."""
    tools, actor = tools_of(request), actor_of(request)
    line, typed = _number(number), NOTHING
    await store_appeals.appeal_form(tools, actor, id, line)
    try:
        upload = await upload_of(request)
        typed = _words(upload)
        typed = await _with_files(tools, actor, typed, upload)
        filing = Filing(
            notice=id,
            line=line,
            ground=_ground(typed.ground),
            text=typed.text,
            item=typed.item,
            files=typed.files,
        )
        filed = await appeals.file_appeal(tools, actor, filing)
    except Refusal as refusal:
        return await _form_page(request, id, line, _refused(request, typed, refusal))
    return then(f"/appeals/{filed.id}", "appeal_filed")


@post("/appeals/{id:str}/withdrawals", opt=needs(Action.APPEAL_FILE))
async def withdraw(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Take it back."""
    try:
        form = await form_of(request, WithdrawalForm)
        await appeals.withdraw_appeal(tools_of(request), actor_of(request), id, form.seen)
    except Refusal as refusal:
        return await appeal_page(request, id, _refused(request, NOTHING, refusal))
    return then(f"/appeals/{id}", "appeal_withdrawn")


async def _form_page(request: WebRequest, notice: str, line: int, typed: Typed) -> Response[str]:
    found = await store_appeals.appeal_form(tools_of(request), actor_of(request), notice, line)
    path = f"/notices/{notice}/lines/{line}/appeal"
    content = {
        "form": found,
        "typed": typed,
        "grounds": [ground.value for ground in Ground],
        "most": TEXT,
        "most_files": MOST_FILES,
        "problem": typed.problem,
    }
    status = typed.problem.status if typed.problem else 200
    return page(request, "store-appeal-new.html", content, status=status, path=path)


def _number(text: str) -> int:
    number = small_number(text)
    if number is None:
        raise NotFound(noun="notice")
    return number


def _ground(text: str) -> Ground:
    if text not in list(Ground):
        raise BodyRefused(faults=(Fault("/ground", "body.unknown_choice"),))
    return Ground(text)


def _words(upload: Upload) -> Typed:
    """What was typed, and the files an earlier try had brought."""
    tokens = [token.partition(":") for token in upload.fields.get("kept", "").split()]
    files = Files(
        photos=tuple(sha for kind, _, sha in tokens if kind == "photo"),
        documents=tuple(sha for kind, _, sha in tokens if kind == "document"),
    )
    return Typed(
        text=upload.fields.get("text", "").replace("\r\n", "\n"),
        ground=upload.fields.get("ground", ""),
        item=upload.fields.get("item", ""),
        files=files,
    )


async def _with_files(tools: Tools, actor: Actor, typed: Typed, upload: Upload) -> Typed:
    """The same with the files that came along, kept as of now."""
    sent = tuple(SentFile(file.name, file.content) for file in upload.files)
    fresh = await attachments.keep_files(tools, actor, sent)
    files = Files(
        photos=tuple(dict.fromkeys((*typed.files.photos, *fresh.photos))),
        documents=tuple(dict.fromkeys((*typed.files.documents, *fresh.documents))),
    )
    names = await attachments.kept_names(actor, files)
    return msgspec.structs.replace(typed, files=files, names=names)


def _refused(request: WebRequest, typed: Typed, refusal: Refusal) -> Typed:
    return msgspec.structs.replace(typed, problem=problem_of(request, refusal))


ROUTES = [show_form, file, withdraw]
