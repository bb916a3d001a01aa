"""Rubrics as files: the version or the draft as it is, as a rubric file and as a workbook."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.rubrics.rubric_document import Document
from inspection.domain.rubrics.rubric_writer import document_of, write
from inspection.services.rubrics import rubric_lists
from inspection.services.rubrics.rubric_drafts import draft_of
from inspection.services.rubrics.rubric_files import workbook_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.session import WebRequest, actor_of

TOML = "application/toml"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DRAFT = "scorecard-draft"


@get("/rubrics/versions/{digest:str}/scorecard.toml", opt=needs(Action.RUBRIC_BROWSE))
async def version_file(request: WebRequest, digest: FromPath[str]) -> Response[bytes]:
    """The version as a file that reads back as itself."""
    name, document = await _version(request, digest)
    return _file(f"{name}.toml", TOML, write(document).encode())


@get("/rubrics/versions/{digest:str}/scorecard.xlsx", opt=needs(Action.RUBRIC_BROWSE))
async def version_workbook(request: WebRequest, digest: FromPath[str]) -> Response[bytes]:
    """The version as a workbook that reads back as itself."""
    name, document = await _version(request, digest)
    book = await workbook_of(document, language_of(request))
    return _file(f"{name}.xlsx", XLSX, book)


@get("/rubric-drafts/{id:str}/scorecard.toml", opt=needs(Action.RUBRIC_DRAFT_READ))
async def draft_file(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The draft as a file, finished or not."""
    found = await draft_of(actor_of(request), id)
    return _file(f"{DRAFT}.toml", TOML, write(found.document).encode())


@get("/rubric-drafts/{id:str}/scorecard.xlsx", opt=needs(Action.RUBRIC_DRAFT_READ))
async def draft_workbook(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The draft as a workbook, as far as its sheets can say it."""
    found = await draft_of(actor_of(request), id)
    book = await workbook_of(found.document, language_of(request))
    return _file(f"{DRAFT}.xlsx", XLSX, book)


async def _version(request: WebRequest, digest: str) -> tuple[str, Document]:
    found = await rubric_lists.version_view(actor_of(request), digest)
    return f"{found.row.code}-v{found.row.number}", document_of(found.rubric)


def _file(name: str, media_type: str, content: bytes) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)


ROUTES = [version_file, version_workbook, draft_file, draft_workbook]
