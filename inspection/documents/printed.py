"""What goes into the press and what comes out: the shapes that cross between processes."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from inspection.documents.notice import Part, Stamp
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.notices.notice import NoticeSnapshot
from inspection.domain.rectifications.opinion import OpinionSnapshot


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """Said once to a new worker: the words of every language, and its limits."""

    catalogues: Mapping[str, Mapping[str, str]]
    cpu_seconds: int
    memory_bytes: int


class Ready(msgspec.Struct, frozen=True, tag=True):
    """The worker's fonts and libraries are as they should be; `warnings` are worth a log line."""

    warnings: tuple[str, ...] = ()


class Job(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One notice to print, with its photos by SHA-256 and the image of its seal."""

    snapshot: NoticeSnapshot
    parts: tuple[Part, ...]
    photos: Mapping[str, bytes]
    seal: bytes = b""
    stamp: Stamp | None = None


class BulletinJob(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """One issue of the bulletin to print, with its photos by SHA-256."""

    snapshot: BulletinSnapshot
    photos: Mapping[str, bytes]


class OpinionJob(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An opinion on more time to print; it shows no photos."""

    snapshot: OpinionSnapshot
    photos: Mapping[str, bytes] = {}


AnyJob = Job | BulletinJob | OpinionJob


class Printed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A finished document. `missing` lists characters that came out as empty boxes."""

    pdf: bytes
    sha256: str
    pages: int
    missing: tuple[str, ...]
    warnings: tuple[str, ...]
    cpu_ms: int
    memory_mb: int


class Fault(StrEnum):
    """Why there is no document; each has a sentence in the catalogues."""

    CPU_TIME = "press.cpu_time"
    CRASHED = "press.crashed"
    FETCH_DENIED = "press.fetch_denied"
    LANGUAGE_UNKNOWN = "press.language_unknown"
    NOT_INSTALLED = "press.not_installed"
    OUT_OF_MEMORY = "press.out_of_memory"
    PHOTO_ALTERED = "press.photo_altered"
    PHOTO_NOT_JPEG = "press.photo_not_jpeg"
    SEAL_ALTERED = "press.seal_altered"
    PHOTO_TOO_LARGE = "press.photo_too_large"
    TIMEOUT = "press.timeout"
    TOO_DEEP = "press.too_deep"
    TOO_MANY_PAGES = "press.too_many_pages"
    WORKER_DIED = "press.worker_died"


class Failed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """No document. Permanent: the same job will fail again."""

    code: Fault
    permanent: bool
    detail: str = ""


class PressFailed(Exception):
    """A document could not be printed; `permanent` says whether trying again makes sense."""

    def __init__(self, code: Fault, *, permanent: bool, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.permanent = permanent
        self.detail = detail
