"""Notices: printed by the press against a bare WeasyPrint call, two workers, repeated downloads."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from bench.accounting import Spent, cpu_of, largest, own_cpu, spending, tree
from bench.databases import Databases
from bench.demo import download_costs
from bench.figures import at_least, median, number, table, within
from bench.serving import ROOT
from bench.sizes import Sizes
from inspection.documents import notice, typefaces
from inspection.documents.notice import TEMPLATES
from inspection.documents.press import Press
from inspection.documents.printed import Printed
from inspection.domain.notice import NoticeSnapshot
from tests.documents.notices import CATALOGUES, a_snapshot, photos

LINES = 12
PHOTOS = (0, 4)
SYSTEM = {"Notice Sans": "Noto Sans CJK SC", "Notice Serif": "Noto Serif CJK SC"}
"""What Debian's fonts call the faces the bundled ones were cut from."""

SYSTEMS, BUNDLED = "system fonts", "bundled fonts"
_FONTS = (SYSTEMS, BUNDLED)

GOAL_SHARE, GOAL_WORKERS, GOAL_KB, GOAL_RSS = 0.60, 1.9, 140.0, 150.0


class Content(msgspec.Struct, frozen=True):
    """One notice to print, and the same as files for the bare call."""

    name: str
    snapshot: NoticeSnapshot
    photos: dict[str, bytes]
    folder: Path


class Prints(msgspec.Struct):
    """What printing took: seconds of CPU a notice in each turn, and what came out."""

    cpu: list[float] = msgspec.field(default_factory=list)
    kilobytes: float = 0.0
    memory: float = 0.0


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """The press beside the bare call, side by side workers, downloads."""
    contents = [_content(databases.folder, count) for count in PHOTOS]
    ours = {content.name: Prints() for content in contents}
    bare = {(c.name, fonts): Prints() for c in contents for fonts in _FONTS}
    spread: list[tuple[Spent, Spent]] = []
    for _ in range(sizes.repeats):
        for content in contents:
            asyncio.run(_press_turn(ours[content.name], content, sizes.notices))
            for fonts in _fonts_here():
                _bare_turn(bare[content.name, fonts], content, fonts, sizes.notices)
        spread.append(asyncio.run(_spread(contents[0], sizes.notices)))
    return [
        _printing_shown(contents, ours, bare, sizes),
        _spread_shown(spread, sizes),
        download_costs(databases, sizes),
    ]


def _content(parent: Path, count: int) -> Content:
    pictures = photos(count)
    snapshot = a_snapshot(LINES, shas=list(pictures))
    folder = parent / f"notice-{count}"
    folder.mkdir()
    text = notice.html(snapshot, CATALOGUES[snapshot.language])
    for sha256, photo in pictures.items():
        (folder / f"{sha256}.jpg").write_bytes(photo)
        text = text.replace(f"photo:{sha256}", f"{sha256}.jpg")
    (folder / "page.html").write_text(text, encoding="utf-8")
    name = f"{LINES} findings, {count} photos" if count else f"{LINES} findings, no photos"
    return Content(name, snapshot, pictures, folder)


async def _press_turn(prints: Prints, content: Content, count: int) -> None:
    async with Press(CATALOGUES) as press:
        printed = await press.print(content.snapshot, content.photos)
        (worker,) = _workers()
        with spending(cpu_of(worker)) as spent:
            for _ in range(count):
                await press.print(content.snapshot, content.photos)
        prints.memory = max(prints.memory, largest(worker))
    prints.cpu.append(spent.cpu / count)
    prints.kilobytes = len(printed.pdf) / 1024


async def _spread(content: Content, count: int) -> tuple[Spent, Spent]:
    """So many notices by one worker, then by two."""
    found = []
    for workers in (1, 2):
        async with Press(CATALOGUES, workers=workers) as press:
            await _print_all(press, content, workers)
            with spending(own_cpu) as spent:
                await _print_all(press, content, 2 * count)
        found.append(spent)
    return found[0], found[1]


async def _print_all(press: Press, content: Content, count: int) -> list[Printed]:
    jobs = (press.print(content.snapshot, content.photos) for _ in range(count))
    return list(await asyncio.gather(*jobs))


def _workers() -> list[int]:
    """The press's processes among our children."""
    return [pid for pid in tree(os.getpid()) if b"documents.worker" in _command_of(pid)]


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _bare_turn(prints: Prints, content: Content, fonts: str, count: int) -> None:
    css = (TEMPLATES / "notice.css").read_text(encoding="utf-8")
    environment = dict(os.environ)
    if fonts == BUNDLED:
        environment["FONTCONFIG_FILE"] = str(typefaces.write_conf(content.folder))
    else:
        for ours, theirs in SYSTEM.items():
            css = css.replace(ours, theirs)
    (content.folder / "page.css").write_text(css, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bench.bare_print", str(content.folder), str(count)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    said = json.loads(done.stdout)
    prints.cpu.append(sum(said["cpu"]) / count)
    prints.kilobytes = said["bytes"] / 1024
    prints.memory = max(prints.memory, said["peak"])


def _fonts_here() -> Sequence[str]:
    """The bare calls that can be made: a machine without Chinese fonts would print boxes."""
    listing = shutil.which("fc-list")
    if listing is None:
        return (BUNDLED,)
    known = [subprocess.check_output([listing, family]) for family in SYSTEM.values()]
    return _FONTS if all(known) else (BUNDLED,)


PRINTING = ("CPU ms a notice", "press", "bare call", "press / bare", "goal", "KB", "KB, bare")


def _printing_shown(
    contents: Sequence[Content],
    ours: dict[str, Prints],
    bare: dict[tuple[str, str], Prints],
    sizes: Sizes,
) -> str:
    rows = []
    for content in contents:
        press = ours[content.name]
        cost = median(press.cpu) * 1000
        for fonts in _fonts_here():
            call = bare[content.name, fonts]
            share = median(call.cpu) * 1000
            goal = within(cost / share, GOAL_SHARE) if fonts == SYSTEMS else ""
            rows.append(
                (
                    *(f"{content.name}, {fonts}", number(cost), number(share)),
                    *(number(cost / share), goal),
                    *(number(press.kilobytes), number(call.kilobytes)),
                )
            )
    plain, press = ours[contents[0].name], max(ours.values(), key=lambda prints: prints.memory)
    note = (
        f"Five pages with score table, codes and receipt. The press prints PDF/A-3a with flush "
        f"lines; the bare call is `HTML(...).write_pdf()` with a new FontConfiguration and CSS, in "
        f"a warm process. {sizes.notices} notices in a turn, median of {sizes.repeats} turns. "
        f"One core prints {number(1 / median(plain.cpu))} notices a second without photos. "
        f"Worker: {number(press.memory)} MB resident ({within(press.memory, GOAL_RSS)}). "
        f"PDF without photos: {number(plain.kilobytes)} KB ({within(plain.kilobytes, GOAL_KB)})."
    )
    return table("Notices printed", PRINTING, rows, note)


def _spread_shown(spread: Sequence[tuple[Spent, Spent]], sizes: Sizes) -> str:
    count = 2 * sizes.notices
    one, two = (median(turn[place].wall for turn in spread) for place in (0, 1))
    gain = median(alone.wall / both.wall for alone, both in spread)
    row = (number(count / one), number(count / two), number(gain), at_least(gain, GOAL_WORKERS))
    columns = ("notices/s on the wall", "one worker", "two workers", "gain", "goal")
    note = "Whatever else the machine does at the same time takes the second core away first."
    return table("Workers side by side", columns, [("no photos", *row)], note)
