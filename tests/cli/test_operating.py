"""The page for operators, command by command, on an empty database."""

import io
import re
import shlex

import pytest

from inspection.cli.commands import main
from inspection.settings import from_environment
from inspection.wiring import Workshop
from tests.habits.tree import ROOT

PAGE = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
SHEETS = dict(
    zip(
        ("regions.csv", "stores.csv", "assignments.csv"),
        re.findall(r"   ```\n((?:   [a-z_]+,.*\n)(?:   .*\n)+?)   ```", PAGE),
        strict=True,
    )
)
TYPED = re.findall(r"(?:^   |`)inspection ([a-z][^`\n]*)", PAGE, re.MULTILINE)
LATER = TYPED.index("serve --worker")


class Terminal(io.StringIO):
    """Standard input with a person at it."""

    def isatty(self) -> bool:
        """Whether somebody types."""
        return True


@pytest.fixture
def run(sqlite_url, tmp_path, monkeypatch):
    """Type one command with a password waiting on standard input; the exit code."""
    settings = from_environment({"DATABASE_URL": sqlite_url, "MINGCHA_DATA_DIR": str(tmp_path)})
    for name, rows in SHEETS.items():
        (tmp_path / name).write_text(re.sub("(?m)^   ", "", rows), encoding="utf-8")
    (tmp_path / "scorecards").symlink_to(ROOT / "scorecards")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en")

    def run(command: str, source=io.StringIO) -> int:
        monkeypatch.setattr("sys.stdin", source("mystery-shopper\n"))
        return main(shlex.split(command), Workshop(settings))

    return run


def test_the_page_works_from_top_to_bottom(run, capsys):
    assert [command for command in TYPED[:LATER] if run(command) != 0] == []
    assert "Round 2026-11 is open, with rubrics for: Customer clubs, Business halls." in (
        capsys.readouterr().out
    )
    assert run("round list") == 0
    assert "2026-11  open  2026-11-01  2026-11-30  November 2026" in capsys.readouterr().out


def test_what_comes_later_works_too(run, capsys):
    for command in TYPED[:LATER]:
        run(command)
    assert run("user password li") == 0
    assert run("user lost-phone li") == 0
    assert run("user disable li") == 0
    assert run("user enable li") == 0
    assert run("user drop-second-step li") == 0
    assert run("round lock 2026-11") == 0
    assert run("jobs") == 0
    assert run("audit verify") == 0
    assert "No work failed for good." in capsys.readouterr().out


def test_a_refusal_is_one_sentence_in_the_readers_language(run, capsys):
    assert run("round lock 1999-01") == 1
    assert run("jobs revive notice.print:1") == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(",")[0] for line in told] == [
        "There is no such round",
        "There is no such failed job",
    ]


@pytest.mark.parametrize(
    ("terminal", "typed", "told"),
    [
        ("zh_CN.UTF-8", "--lang en", "There is no such round"),
        ("en_GB.UTF-8", "--lang zh-CN", "没有找到检查轮次"),
        ("en_GB.UTF-8", "", "There is no such round"),
    ],
)
def test_a_refusal_speaks_the_language_asked_for(run, monkeypatch, capsys, terminal, typed, told):
    run("migrate")
    monkeypatch.setenv("LC_ALL", terminal)
    assert run(f"import assignments 1999-01 assignments.csv {typed}") == 1
    assert told in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_a_complaint_in_the_terminals_language(run, capsys):
    assert run("import stores missing.csv") == 1
    said = capsys.readouterr()
    assert (said.out, "missing.csv: No such file" in said.err) == ("", True)


@pytest.mark.parametrize(
    "command",
    ["demo --today 21.11.", "round open x --zh 一 --en one --from 21.11. --to 2026-12-01"],
)
def test_a_day_nobody_can_read_is_told_how_to_write_it(run, capsys, command):
    with pytest.raises(SystemExit):
        run(command)
    assert "Write it like 2026-11-21" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "http", "8000.0"])
def test_a_port_no_server_can_have_is_told_what_one_is(run, capsys, port):
    with pytest.raises(SystemExit):
        run(f"serve --port={port}")
    assert "from 0 (any free one) to 65535" in capsys.readouterr().err


def test_a_password_typed_twice_must_be_the_same(run, monkeypatch, capsys):
    typed = iter(["mystery-shopper", "mystery-chopper"])
    monkeypatch.setattr("inspection.cli.accounts.getpass.getpass", lambda _: next(typed))
    assert run("user add li 李思远 inspector", Terminal) == 1
    assert "not the same" in capsys.readouterr().err
