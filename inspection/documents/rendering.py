"""HTML to PDF inside one process: everything reusable is made once, at the start."""

import hashlib
import logging
import time
from collections.abc import Mapping
from importlib.resources import files

import weasyprint
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration

from inspection.documents import bulletin, justify, notice, opinion, typefaces
from inspection.documents.fetcher import PhotoFetcher
from inspection.documents.jpeg import NotJpeg, bare
from inspection.documents.memory import PeakMemory
from inspection.documents.printed import (
    AnyJob,
    BulletinJob,
    Fault,
    Job,
    OpinionJob,
    PressFailed,
    Printed,
)
from inspection.documents.stylesheet import stylesheet

PHOTO_BYTES = 2 * 1024 * 1024
PAGES = 40
VARIANT = "pdf/a-3a"
_INTENT = "srgb"
_PROFILE_AT_HAND = "at-hand"
"""Any intent but "srgb": for that one WeasyPrint opens its profile anew in every document."""

_SAMPLE = (
    '<!doctype html><html lang="zh-CN"><body><h1>整改</h1>'
    '<div class="text"><p>整改<b>通知书</b></p></div>'
    "<table><tr><th>得分</th><td>89.5</td></tr></table></body></html>"
)


SHEETS: dict[type[AnyJob], str] = {
    Job: "notice.css",
    BulletinJob: "bulletin.css",
    OpinionJob: "notice.css",
}


class Renderer:
    """Prints documents one after the other. Import this module only once FONTCONFIG_FILE is set."""

    def __init__(self, catalogues: Mapping[str, Mapping[str, str]]) -> None:
        self._catalogues = catalogues
        self._fonts = FontConfiguration()
        self._sheets = {kind: self._sheet(name) for kind, name in SHEETS.items()}
        self._srgb = _colour_profile()
        self._memory = PeakMemory()
        self.warnings = () if justify.install() else ("press.not_justified",)

    def warm_up(self) -> None:
        """Load faces, templates and characters, so that the first job need not."""
        notice.compile_templates()
        typefaces.printable()
        self._write(self._lay_out(_SAMPLE, PhotoFetcher({})))

    def print(self, job: AnyJob) -> Printed:
        """One document. Raises PressFailed, permanent, for a job that cannot be printed."""
        began = time.process_time()
        text = _text(job, self._words(job.snapshot.language))
        fetcher = PhotoFetcher(checked(job.photos), _checked_seal(job))
        with _Listener() as heard:
            document = self._lay_out(text, fetcher, type(job))
            _check(fetcher, len(document.pages))
            pdf = self._write(document)
        return Printed(
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            pages=len(document.pages),
            missing=typefaces.missing(text),
            warnings=tuple(heard.messages),
            cpu_ms=round((time.process_time() - began) * 1000),
            memory_mb=self._memory.megabytes(),
        )

    def _sheet(self, name: str) -> weasyprint.CSS:
        sheet = stylesheet(name)
        return weasyprint.CSS(string=sheet, font_config=self._fonts, url_fetcher=PhotoFetcher({}))

    def _lay_out(
        self, text: str, fetcher: PhotoFetcher, kind: type[AnyJob] = Job
    ) -> weasyprint.Document:
        return weasyprint.HTML(string=text, url_fetcher=fetcher).render(
            font_config=self._fonts,
            stylesheets=[self._sheets[kind]],
            color_profiles={_INTENT: self._srgb},
            output_intent=_INTENT,
            pdf_variant=VARIANT,
        )

    def _write(self, document: weasyprint.Document) -> bytes:
        pdf: bytes = document.write_pdf(pdf_variant=VARIANT, output_intent=_PROFILE_AT_HAND)
        return pdf

    def _words(self, language: str) -> Mapping[str, str]:
        if language not in self._catalogues:
            raise PressFailed(Fault.LANGUAGE_UNKNOWN, permanent=True, detail=language)
        return self._catalogues[language]


def _colour_profile() -> ColorProfile:
    with (files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as profile:
        return ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


def checked(photos: Mapping[str, bytes]) -> dict[str, bytes]:
    """The photos, each proved to be the one it is named after, stripped to its pixels."""
    return {sha256: _checked(sha256, photo) for sha256, photo in photos.items()}


def _checked(sha256: str, photo: bytes) -> bytes:
    if len(photo) > PHOTO_BYTES:
        raise PressFailed(Fault.PHOTO_TOO_LARGE, permanent=True, detail=sha256)
    if hashlib.sha256(photo).hexdigest() != sha256:
        raise PressFailed(Fault.PHOTO_ALTERED, permanent=True, detail=sha256)
    try:
        return bare(photo)
    except NotJpeg:
        raise PressFailed(Fault.PHOTO_NOT_JPEG, permanent=True, detail=sha256) from None


def _text(job: AnyJob, words: Mapping[str, str]) -> str:
    if isinstance(job, BulletinJob):
        return bulletin.html(job.snapshot, words)
    if isinstance(job, OpinionJob):
        return opinion.html(job.snapshot, words)
    return notice.html(job.snapshot, words, job.parts, job.stamp)


def _checked_seal(job: AnyJob) -> bytes:
    """The seal, proved to be the one the notice was issued with; nothing for one without."""
    if not isinstance(job, Job):
        return b""
    wanted = job.snapshot.seal
    if wanted and hashlib.sha256(job.seal).hexdigest() != wanted:
        raise PressFailed(Fault.SEAL_ALTERED, permanent=True, detail=wanted)
    return job.seal if wanted else b""


def _check(fetcher: PhotoFetcher, pages: int) -> None:
    if fetcher.denied:
        raise PressFailed(Fault.FETCH_DENIED, permanent=True, detail=fetcher.denied[0][:80])
    if pages > PAGES:
        raise PressFailed(Fault.TOO_MANY_PAGES, permanent=True, detail=str(pages))


class _Listener(logging.Handler):
    """Collects what the layout engine has to say about one document."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage()[:200])

    def __enter__(self) -> "_Listener":
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.removeHandler(self)
