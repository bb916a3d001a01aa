"""Files sent by a form, and a few fields, bounded before they are taken apart."""

import io

import msgspec
from multipart import MultipartError, MultipartParser, parse_options_header

from inspection.domain.decoding_faults import is_storable
from inspection.domain.imports.sheet import LARGEST_SHEET
from inspection.domain.refusals import BodyRefused, Fault, MediaTypeRefused
from inspection.web.bodies import media_type_of, read_body
from inspection.web.session import WebRequest

MULTIPART = "multipart/form-data"
UPLOAD_LIMIT = 4 * LARGEST_SHEET + 64 * 1024
"""Four files as large as one may be, with the form around them; services know smaller limits."""

MOST_PARTS = 20
MOST_FIELD = 4_000


class UploadedFile(msgspec.Struct, frozen=True):
    """A file of a form, under the name it had where it came from."""

    name: str
    content: bytes


class Upload(msgspec.Struct, frozen=True):
    """What a form with files said: the last file, and all of them that hold anything. A form sent
    without a file has an empty one.
    """

    fields: dict[str, str]
    file_name: str = ""
    content: bytes = b""
    files: tuple[UploadedFile, ...] = ()


def is_upload(request: WebRequest) -> bool:
    """Whether the body is a form with a file."""
    return media_type_of(request) == MULTIPART


async def upload_of(request: WebRequest) -> Upload:
    """The form, read once per request. Raises MediaTypeRefused, BodyTooLarge or BodyRefused."""
    if not is_upload(request):
        raise MediaTypeRefused(wanted=MULTIPART)
    state = request.scope["state"]
    if "upload" not in state:
        body = await read_body(request, limit=UPLOAD_LIMIT)
        state["upload"] = _taken_apart(body, request.headers["content-type"])
    upload: Upload = state["upload"]
    return upload


def _taken_apart(body: bytes, media_type: str) -> Upload:
    boundary = parse_options_header(media_type)[1].get("boundary", "")
    try:
        parser = MultipartParser(
            io.BytesIO(body),
            boundary,
            len(body),
            strict=True,
            part_limit=MOST_PARTS,
            spool_limit=UPLOAD_LIMIT,
            memory_limit=UPLOAD_LIMIT,
            disk_limit=0,
        )
        return _upload(parser)
    except (MultipartError, UnicodeDecodeError, ValueError):
        raise BodyRefused(faults=(Fault("", "body.not_a_form"),)) from None


def _upload(parser: MultipartParser) -> Upload:
    fields: dict[str, str] = {}
    files = []
    for part in parser:
        if part.filename is None and part.size <= MOST_FIELD:
            fields[part.name] = part.value
        elif part.filename is not None:
            files.append(UploadedFile(_plain_name(part.filename), part.raw))
    last = files[-1] if files else UploadedFile("", b"")
    return Upload(fields, last.name, last.content, tuple(file for file in files if file.content))


def _plain_name(name: str) -> str:
    """What the file is called, without folders; some browsers send them."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last if is_storable(last) else ""
