"""/imports: sending a sheet, looking at what it would do, having it written, taking it back."""

from typing import Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.imports.sheet_import import (
    Duplicates,
    ImportNoun,
    Outcome,
    WholeFault,
)
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import BodyRefused, Fault, NotFound, Refusal
from inspection.domain.refusals.accounts import ProofNeeded
from inspection.services.imports import import_files, imports
from inspection.services.imports.import_exports import import_export
from inspection.services.imports.import_undoing import undo_import
from inspection.services.imports.imports import ImportDetail, SentFile
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.imports.import_rows import fault_lines, row_changes, whole_faults
from inspection.web.pages.links import then
from inspection.web.pages.rendering import page
from inspection.web.problems import Problem, problem_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import (
    Format,
    export_file,
    note_file,
    table_file,
    wanted_format,
)
from inspection.web.uploads import upload_of

_WHOLE = msgspec.json.Decoder(tuple[WholeFault, ...])


class RowsQuery(ListQuery, frozen=True):
    """What the address of an import may say: which rows to show."""

    rows: Literal["", "faulty", "changed", "new", "unchanged"] = ""


class FileQuery(msgspec.Struct, frozen=True):
    """Which sort of file is wanted."""

    format: Format = "xlsx"


class WritingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to write: all rows or nothing, or the right ones."""

    part: Literal["all", "right"]
    duplicates: Duplicates = Duplicates.OVERWRITE


class UndoingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Taking an import back, always the whole of it."""

    part: Literal["whole"]


@get("/imports", opt=needs(Action.IMPORT_READ))
async def show_imports(request: WebRequest) -> Response[str] | Stream:
    """What was sent, latest first, and the form to send more."""
    if format := wanted_format(request):
        query = query_of(request, ListQuery, unknown=Unknown.IGNORED)
        export = import_export(actor_of(request), query.asked(), language_of(request))
        return await export_file(request, format, export)
    return await _list_page(request)


@post("/imports", opt=needs(Action.IMPORT_EDIT))
async def send(request: WebRequest) -> Response[str] | Redirect:
    """Keep the file and have it checked; refused, the list comes back with the reason."""
    try:
        upload = await upload_of(request)
        noun = _noun(upload.fields.get("noun", ""))
        file = SentFile(upload.file_name, upload.content)
        id = await imports.receive_import(tools_of(request), actor_of(request), noun, file)
    except Refusal as refusal:
        return await _list_page(request, problem_of(request, refusal))
    return Redirect(f"/imports/{id}", status_code=303)


@get("/imports/{id:str}", opt=needs(Action.IMPORT_READ))
async def show_import(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """What one file would do, or did, row by row."""
    return await _import_page(request, id)


@post("/imports/{id:str}/writings", opt=needs(Action.IMPORT_EDIT))
async def write(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Have it written."""
    try:
        form = await form_of(request, WritingForm)
        await imports.order_writing(
            tools_of(request),
            actor_of(request),
            id,
            form.duplicates,
            only_right=form.part == "right",
        )
    except ProofNeeded:
        raise
    except Refusal as refusal:
        return await _import_page(request, id, problem_of(request, refusal))
    return Redirect(f"/imports/{id}", status_code=303)


@post("/imports/{id:str}/undoings", opt=needs(Action.IMPORT_EDIT))
async def undo(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Take it back."""
    try:
        await form_of(request, UndoingForm)
        await undo_import(tools_of(request), actor_of(request), id)
    except ProofNeeded:
        raise
    except Refusal as refusal:
        return await _import_page(request, id, problem_of(request, refusal))
    return then(f"/imports/{id}", "undone")


@get("/imports/{id:str}/failed-rows", opt=needs(Action.IMPORT_READ))
async def download_failed(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The faulty rows with what is wrong in them, to mend and send again."""
    query = query_of(request, FileQuery, unknown=Unknown.IGNORED)
    found, rows = await imports.failed_rows(actor_of(request), id)
    table = import_files.failed_table(found.noun, rows, language_of(request))
    await note_file(request, "import", id)
    return await table_file(request, f"failed-{found.noun}", query.format, table)


@get("/import-templates/{noun:str}", opt=needs(Action.IMPORT_READ))
async def download_template(request: WebRequest, noun: FromPath[str]) -> Response[bytes]:
    """An empty sheet to fill in."""
    query = query_of(request, FileQuery, unknown=Unknown.IGNORED)
    if noun not in list(ImportNoun):
        raise NotFound(noun="page")
    tables = import_files.template(ImportNoun(noun))
    return await table_file(request, f"template-{noun}", query.format, *tables)


def _noun(text: str) -> ImportNoun:
    if text not in list(ImportNoun):
        raise BodyRefused(faults=(Fault("/noun", "body.unknown_choice"),))
    return ImportNoun(text)


async def _list_page(request: WebRequest, problem: Problem | None = None) -> Response[str]:
    query = query_of(request, ListQuery, unknown=Unknown.IGNORED)
    asked = query.asked()
    found = await imports.import_list(actor_of(request), asked)
    content = {
        "found": found,
        "asked": {"q": asked.q, "sort": asked.sort},
        "cursor": asked.cursor,
        "nouns": imports.NOUNS,
        "problem": problem,
    }
    status = problem.status if problem else 200
    return page(request, "imports.html", content, status=status, path="/imports" if problem else "")


async def _import_page(
    request: WebRequest, id: str, problem: Problem | None = None
) -> Response[str]:
    query = query_of(request, RowsQuery, unknown=Unknown.IGNORED)
    outcome = Outcome(query.rows) if query.rows else None
    detail = await imports.import_detail(
        tools_of(request), actor_of(request), id, outcome, query.asked()
    )
    content = {
        **_shown(request, detail, outcome or imports.usual_outcome(detail.found)),
        "asked": {"q": query.q, "rows": query.rows},
        "cursor": query.cursor,
        "problem": problem,
    }
    status = problem.status if problem else 200
    path = f"/imports/{detail.found.id}" if problem else ""
    return page(request, "import.html", content, status=status, path=path)


def _shown(request: WebRequest, detail: ImportDetail, outcome: Outcome) -> dict[str, Any]:
    language, found = language_of(request), detail.found
    counts = {
        Outcome.FAULTY: found.faulty,
        Outcome.CHANGED: found.changed,
        Outcome.NEW: found.added,
        Outcome.UNCHANGED: found.unchanged,
    }
    return {
        "detail": detail,
        "found": found,
        "outcome": outcome.value,
        "tabs": [(each.value, count) for each, count in counts.items()],
        "lines": fault_lines(found.noun, detail.rows, language),
        "changes": row_changes(detail, language),
        "whole": whole_faults(_WHOLE.decode(found.faults), language),
        "right": found.added + found.changed,
    }


ROUTES = [
    show_imports,
    send,
    show_import,
    write,
    undo,
    download_failed,
    download_template,
]
