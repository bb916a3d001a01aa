"""One notice printed by turns: by the press, and by bare calls of WeasyPrint in warm processes."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import msgspec

from bench.accounting import cpu_of, largest, spending, tree
from bench.figures import median
from bench.serving import ROOT
from inspection.documents import notice, typefaces
from inspection.documents.notice import TEMPLATES
from inspection.documents.press import Press
from inspection.domain.notices.notice import NoticeSnapshot
from tests.documents.notices import CATALOGUES, a_snapshot, photos

SYSTEM = {"Notice Sans": "Noto Sans CJK SC", "Notice Serif": "Noto Serif CJK SC"}
"""What Debian's fonts call the faces the bundled ones were cut from."""

FLAVOUR = "pdf/a-3a"
"""What the press prints: archival and tagged."""


class Content(msgspec.Struct, frozen=True):
    """One notice to print, and the same as files for the bare call."""

    name: str
    snapshot: NoticeSnapshot
    photos: dict[str, bytes]
    folder: Path


class Call(msgspec.Struct, frozen=True):
    """A way to call WeasyPrint without more ado."""

    name: str
    bundled: bool
    variant: str


MANUAL = Call("as the manual shows", bundled=False, variant="")
CALLS = (
    MANUAL,
    Call("as PDF/A-3a, too", bundled=False, variant=FLAVOUR),
    Call("PDF/A-3a, bundled fonts", bundled=True, variant=FLAVOUR),
)


class Once(msgspec.Struct, frozen=True):
    """One notice printed: CPU seconds, bytes of the PDF, megabytes of the process."""

    cpu: float
    size: int
    memory: float


class Prints(msgspec.Struct):
    """Everything one way of printing took."""

    all: list[Once] = msgspec.field(default_factory=list)

    def add(self, once: Once) -> None:
        """One more."""
        self.all.append(once)

    @property
    def cpu(self) -> float:
        """Milliseconds of CPU a notice."""
        return median(once.cpu for once in self.all) * 1000

    @property
    def kilobytes(self) -> float:
        """Size of the PDF."""
        return self.all[0].size / 1024

    @property
    def memory(self) -> float:
        """Megabytes at the end."""
        return self.all[-1].memory

    def share_of(self, other: "Prints") -> float:
        """What it costs of another way, turn by turn."""
        pairs = zip(self.all, other.all, strict=True)
        return median(mine.cpu / theirs.cpu for mine, theirs in pairs)


class Contest(msgspec.Struct):
    """One content, printed by the press and by every bare call."""

    content: Content
    press: Prints = msgspec.field(default_factory=Prints)
    bare: dict[Call, Prints] = msgspec.field(default_factory=dict)


def content_with(parent: Path, findings: int, count: int) -> Content:
    """A notice with so many findings and photos."""
    pictures = photos(count)
    snapshot = a_snapshot(findings, shas=list(pictures))
    folder = parent / f"notice-{count}"
    page = folder / "page"
    page.mkdir(parents=True)
    text = notice.html(snapshot, CATALOGUES[snapshot.language])
    for sha256, photo in pictures.items():
        (page / f"{sha256}.jpg").write_bytes(photo)
        text = text.replace(f"photo:{sha256}", f"{sha256}.jpg")
    (page / "page.html").write_text(text, encoding="utf-8")
    name = f"{findings} findings, {count or 'no'} photos"
    return Content(name, snapshot, pictures, folder)


async def contest_over(content: Content, turns: int, *, system_fonts: bool) -> Contest:
    """Print in turns, one notice each, so that everybody meets the same moments of the machine.
    Without `system_fonts` only the bare call that has ours takes part.
    """
    contest = Contest(content)
    with ExitStack() as running:
        calls = {
            call: running.enter_context(_called(content, call, number))
            for number, call in enumerate(_calls(system_fonts=system_fonts))
        }
        async with Press(CATALOGUES) as press:
            await press.print(content.snapshot, content.photos)
            for process in calls.values():
                _bare_print(process)
            for _ in range(turns):
                contest.press.add(await _press_print(press, content))
                for call, process in calls.items():
                    contest.bare.setdefault(call, Prints()).add(_bare_print(process))
    return contest


async def _press_print(press: Press, content: Content) -> Once:
    (worker,) = _workers()
    with spending(cpu_of(worker)) as spent:
        printed = await press.print(content.snapshot, content.photos)
    return Once(spent.cpu, len(printed.pdf), largest(worker))


@contextmanager
def _called(content: Content, call: Call, number: int) -> Iterator[subprocess.Popen[str]]:
    """A process that makes this call whenever it is asked."""
    folder = content.folder / str(number)
    shutil.copytree(content.folder / "page", folder)
    css = (TEMPLATES / "notice.css").read_text(encoding="utf-8")
    environment = dict(os.environ)
    if call.bundled:
        environment["FONTCONFIG_FILE"] = str(typefaces.write_conf(folder))
    else:
        for ours, theirs in SYSTEM.items():
            css = css.replace(ours, theirs)
    (folder / "page.css").write_text(css, encoding="utf-8")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-m", "bench.bare_print", str(folder), *filter(None, [call.variant])],
        cwd=ROOT,
        env=environment,
        stdin=pipe,
        stdout=pipe,
        text=True,
    ) as process:
        yield process
        process.communicate()


def _bare_print(process: subprocess.Popen[str]) -> Once:
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    said = json.loads(process.stdout.readline())
    return Once(said["cpu"], said["bytes"], said["peak"])


def _workers() -> list[int]:
    """The press's processes among our children."""
    return [pid for pid in tree(os.getpid()) if b"documents.worker" in _command_of(pid)]


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _calls(*, system_fonts: bool) -> tuple[Call, ...]:
    """The calls that can be made: a machine without Chinese fonts would print boxes."""
    if system_fonts and _has_system_fonts():
        return CALLS
    return tuple(call for call in CALLS if call.bundled)


@cache
def _has_system_fonts() -> bool:
    listing = shutil.which("fc-list")
    if not listing:
        return False
    return all(subprocess.check_output([listing, family]) for family in SYSTEM.values())
