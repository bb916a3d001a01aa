"""Hostile files are refused at little cost, and never take the reader's caller with them."""

import signal
import subprocess
import sys
import time

import pytest

from inspection.domain.imports.sheet import LARGEST_SHEET
from inspection.spreadsheets import parser, parser_process, reading
from inspection.spreadsheets.reading import ReaderFailed, read_sheet
from tests.sheet_texts import text_of
from tests.spreadsheets import bombs
from tests.spreadsheets.bombs import BOOK, archive, parts

BOMBS = {
    "zip_bomb": (bombs.zip_bomb, "sheet.bomb"),
    "lying_bomb": (bombs.lying_bomb, "sheet.bomb"),
    "many_entries": (bombs.many_entries, "sheet.bomb"),
    "parts_together": (bombs.parts_together, "sheet.bomb"),
    "million_rows": (bombs.million_rows, "sheet.too_many_rows"),
    "far_corner": (bombs.far_corner, "sheet.broken"),
    "laughs": (bombs.laughs, "sheet.entities"),
    "outside_entity": (bombs.outside_entity, "sheet.entities"),
    "deep_nesting": (bombs.deep_nesting, "sheet.broken"),
    "shared_text": (bombs.shared_text, "sheet.broken"),
    "macros": (bombs.macros, "sheet.macros"),
    "macros_by_type": (bombs.macros_by_type, "sheet.macros"),
    "behind a password": (lambda: bombs.encrypted(archive(parts())), "sheet.encrypted"),
    "a locked package": (lambda: bombs.ole(locked=True), "sheet.encrypted"),
    "an old file": (lambda: bombs.ole(locked=False), "sheet.old_format"),
}

MEASURE = """
import resource, sys, time
sys.path.insert(0, sys.argv[1])
from inspection.spreadsheets.reading import read_sheet
content = sys.stdin.buffer.read()
read_sheet(b"code\\n1\\n", "a.csv")
before = [resource.getrusage(who).ru_maxrss for who in (0, resource.RUSAGE_CHILDREN)]
begun = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
found = read_sheet(content, "a.xlsx")
spent = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - begun
after = [resource.getrusage(who).ru_maxrss for who in (0, resource.RUSAGE_CHILDREN)]
print(found.faults[0].code, sum(after) - sum(before), spent)
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_two_seconds_and_a_hundred_megabytes(name):
    make, code = BOMBS[name]
    root = str(reading.SCRIPT.parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, root], input=make(), capture_output=True, check=True
    )
    said, kilobytes, seconds = ran.stdout.split()
    assert said.decode() == code
    assert int(kilobytes) < 100_000
    assert float(seconds) < 2


def test_a_million_rows_fit_64_kilobytes():
    assert len(bombs.million_rows()) < 65_536


@pytest.mark.parametrize(
    "name", [name for name in BOMBS if name not in ("far_corner", "shared_text")]
)
def test_the_parser_refuses_it_by_itself(name):
    make, code = BOMBS[name]
    assert [fault.code for fault in text_of(make(), "a.xlsx").faults] == [code]


def codes(content: bytes, name: str = "a.xlsx") -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in read_sheet(content, name).faults]


def codes_both_ways(content: bytes, name: str = "a.xlsx") -> list[tuple[str, str]]:
    """The same whether the parser runs here or in a process of its own."""
    found = codes(content, name)
    assert found == [(fault.pointer, fault.code) for fault in text_of(content, name).faults]
    return found


GOOD = archive(parts())


def cut(at: int) -> bytes:
    """A good workbook without its end."""
    return GOOD[:at]


def pointing_nowhere() -> bytes:
    """A good workbook whose directory says that its first part lies behind its end."""
    changed = bytearray(GOOD)
    at = changed.index(b"PK\x01\x02") + 42
    changed[at : at + 4] = (0x00FFFFFF).to_bytes(4, "little")
    return bytes(changed)


def with_header(content: bytes, old: bytes, new: bytes) -> bytes:
    return content.replace(old, new, 1)


def named(value: object) -> str:
    """An id the same in every process: an archive's bytes hold the time it was made."""
    return "file" if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (cut(40), "sheet.broken"),
        (cut(len(GOOD) - 30), "sheet.broken"),
        (GOOD[:60] + b"\xff" * 40 + GOOD[100:], "sheet.broken"),
        (with_header(GOOD, b"PK\x03\x04", b"PK\x03\x05"), "sheet.broken"),
        (pointing_nowhere(), "sheet.broken"),
        (archive(parts(), 12), "sheet.broken"),
        (archive({"a.txt": b"a"}), "sheet.not_a_workbook"),
        (b"%PDF-1.7", "sheet.not_a_workbook"),
        (b"code,name\n", "sheet.not_a_workbook"),
        (archive(parts() | {"xl/workbook.xml": BOOK.decode().encode("utf-16")}), "sheet.broken"),
        (archive(parts() | {"xl/workbook.xml": b"<workbook>"}), "sheet.broken"),
        (
            archive(
                parts() | {"xl/workbook.xml": BOOK.replace(b"<sheet ", b'<sheet state="hidden" ')}
            ),
            "sheet.empty",
        ),
        (archive(parts(b"<row><c><v>1</c></row>")), "sheet.broken"),
    ],
    ids=named,
)
def test_a_broken_file_is_refused(content, code):
    assert [found for _, found in codes_both_ways(content)] == [code]


def test_a_file_too_large_is_not_even_looked_at():
    assert codes(b"x" * (LARGEST_SHEET + 1)) == [("/", "sheet.too_large")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"a,b\n1,\x002\n", ("/2", "sheet.not_text")),
        (b"a\n" + b"x" * 200_000, ("/2", "sheet.line_too_long")),
        (b"a\n" + b'"' + b"y\n" * 40_000 + b'"\n', ("/16385", "sheet.malformed")),
        (b"a\n" + b"," * 50_000 + b"1\n", ("/2", "sheet.cells_too_many")),
        (b"a\n" + b"1\n" * 20_001, ("/20002", "sheet.too_many_rows")),
        ("名称\n张三\n".encode() + b"\xe5\xbc\n", ("/3", "sheet.encoding_broken")),
        (b"code,name\n1," + "一".encode("gb18030") + b"\n", ("/", "sheet.encoding_unsure")),
        (b"a\n\xff\xfe\n", ("/2", "sheet.encoding")),
        (b'a\n"1\n', ("/2", "sheet.malformed")),
    ],
    ids=named,
)
def test_hostile_text_is_refused_with_its_row(content, fault):
    assert codes_both_ways(content, "a.csv") == [fault]


def test_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(parser, "MOST_CHARACTERS", 10)
    assert text_of(b"a\n12345678901\n").faults[0].code == "sheet.too_much_text"


def test_a_parser_without_memory_says_so(monkeypatch):
    def starved(*_):
        raise MemoryError

    monkeypatch.setattr(parser, "csv_lines", starved)
    assert text_of(b"a\n").faults[0].code == "sheet.too_costly"


@pytest.mark.parametrize("asked", [KeyboardInterrupt, SystemExit])
def test_a_parser_that_is_told_to_stop_stops(monkeypatch, asked):
    def stopped(*_):
        raise asked

    monkeypatch.setattr(parser, "csv_lines", stopped)
    with pytest.raises(asked):
        text_of(b"a\n")


def script(tmp_path, monkeypatch, body: str) -> None:
    """Put another program in the reader's place."""
    other = tmp_path / "other.py"
    other.write_text(f"import os, signal, sys, time\n{body}\n", encoding="utf-8")
    monkeypatch.setattr(reading, "SCRIPT", other)


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (signal.SIGSEGV, "sheet.broken"),
        (signal.SIGABRT, "sheet.broken"),
        (signal.SIGXCPU, "sheet.too_costly"),
        (signal.SIGKILL, "sheet.too_costly"),
    ],
)
def test_a_reader_that_falls_over_refuses_the_file(tmp_path, monkeypatch, by, code):
    script(tmp_path, monkeypatch, f"os.kill(os.getpid(), {int(by)})")
    assert [found for _, found in codes(b"a\n")] == [code]


def test_a_reader_somebody_stopped_is_no_fault_of_the_file(tmp_path, monkeypatch):
    script(tmp_path, monkeypatch, "os.kill(os.getpid(), signal.SIGTERM)")
    with pytest.raises(ReaderFailed, match="SIGTERM"):
        read_sheet(b"a\n", "a.csv")


def test_a_reader_that_does_not_work_says_why(tmp_path, monkeypatch):
    script(tmp_path, monkeypatch, "sys.exit('no library')")
    with pytest.raises(ReaderFailed, match="no library"):
        read_sheet(b"a\n", "a.csv")


def test_a_reader_that_takes_too_long_refuses_the_file(tmp_path, monkeypatch):
    script(tmp_path, monkeypatch, "time.sleep(60)")
    monkeypatch.setattr(reading, "WALL_SECONDS", 0.3)
    begun = time.monotonic()
    assert [found for _, found in codes(b"a\n")] == ["sheet.too_costly"]
    assert time.monotonic() - begun < 30


def test_the_reader_can_write_no_file_and_has_little_memory():
    body = (
        f"import sys; sys.path.insert(0, {str(reading.SCRIPT.parents[2])!r})\n"
        "from inspection.spreadsheets import parser_process\n"
        "parser_process.limit()\n"
        "import resource\n"
        "print(resource.getrlimit(resource.RLIMIT_FSIZE), resource.getrlimit(resource.RLIMIT_AS))\n"
        "try:\n    bytearray(200_000_000)\nexcept MemoryError:\n    print('no')\n"
    )
    ran = subprocess.run([sys.executable, "-c", body], capture_output=True, check=True, text=True)
    memory = parser_process.MEMORY
    assert ran.stdout == f"(0, 0) ({memory}, {memory})\nno\n"


def test_the_small_workbook_itself_is_read():
    assert read_sheet(GOOD, "a.xlsx").lines[0].cells == ("code",)


def test_a_workbook_that_is_not_compressed_is_read_too():
    assert text_of(archive(parts(), 0), "a.xlsx").lines[0].cells == ("code",)
