"""Every command on one screen: words, options, function. Functions return the exit code."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspection.cli import accounts, demonstration, health, imports, migration, rubrics, running
from inspection.cli.output import refusal_sentence
from inspection.cli.score import score
from inspection.cli.workshop import Workshop
from inspection.domain.refusals import Refusal

Arguments = argparse.Namespace
if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
Run = Callable[[Workshop, Arguments], int | Coroutine[Any, Any, int]]


def main(words: Sequence[str], workshop: Workshop) -> int:
    """Run the command the words name. Expected refusals become one sentence and exit code 1."""
    arguments = _parser().parse_args(words)
    run: Run = arguments.run
    try:
        outcome = run(workshop, arguments)
        return outcome if isinstance(outcome, int) else asyncio.run(outcome)
    except Refusal as refusal:
        sys.stderr.write(refusal_sentence(refusal) + "\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspection", description="Mingcha 明察: inspect stores, rank them, issue notices."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _serving(commands)
    _rubrics(commands)
    _keeping(commands)
    return parser


def _add(commands: "Commands", name: str, run: Run, help_: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_)
    command.set_defaults(run=run)
    return command


def _serving(commands: "Commands") -> None:
    run = _add(
        commands, "run", running.run, "migrate, load the demo when empty, serve, print paper"
    )
    serve = _add(commands, "serve", running.serve, "serve web pages and phones")
    for command in (run, serve):
        command.add_argument("--port", type=int, help="TCP port (default 8000)")
        command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--worker", action="store_true", help="also start one job worker")
    _add(commands, "worker", running.work, "clean photos and print notices")
    _add(commands, "migrate", migration.migrate, "bring the database to this version's schema")
    _add(commands, "doctor", health.doctor, "say what is missing on this machine")


def _rubrics(commands: "Commands") -> None:
    rubric = commands.add_parser("rubric", help="check or publish rubric files")
    actions = rubric.add_subparsers(metavar="ACTION", required=True)
    check = _add(actions, "check", rubrics.check, "name every fault of rubric files")
    publish = _add(actions, "publish", rubrics.publish, "store an immutable version")
    for command in (check, publish):
        command.add_argument("files", nargs="+", type=Path, metavar="FILE")
        _language(command)
    command = _add(commands, "score", _score, "score answers without a server")
    command.add_argument("rubric", type=Path, metavar="RUBRIC")
    command.add_argument("answers", type=Path, metavar="ANSWERS.json")
    command.add_argument("--json", action="store_true", help="print the scorecard as JSON")
    command.add_argument(
        "--explain", nargs="?", const="total", metavar="PLACE", help="an item, a section or total"
    )
    _language(command)


def _keeping(commands: "Commands") -> None:
    demo = _add(commands, "demo", demonstration.demo, "load the fictional demo province")
    demo.add_argument("--stores", type=int, default=demonstration.DEFAULT_STORES)
    demo.add_argument("--rounds", type=int, default=demonstration.DEFAULT_ROUNDS)
    demo.add_argument("--seed", type=int, default=demonstration.DEFAULT_SEED)
    demo.add_argument(
        "--today",
        type=demonstration.day,
        metavar="YYYY-MM-DD",
        help=f"day the story ends on, at {demonstration.STORY_HOUR}:00 in Shanghai, or at the last"
        " full hour while that is to come (default today)",
    )
    importing = commands.add_parser("import", help="load stores from a file")
    kinds = importing.add_subparsers(metavar="KIND", required=True)
    stores = _add(kinds, "stores", imports.stores, "load stores from CSV, all or nothing")
    stores.add_argument("file", type=Path, metavar="FILE.csv")
    stores.add_argument("--dry-run", action="store_true", help="say what would change")
    _language(stores)
    user = _add(commands, "user", accounts.add_user, "add a person who may sign in")
    user.add_argument("sign_in", help="staff number or phone")
    user.add_argument("name")
    user.add_argument("role", choices=accounts.ROLES)
    user.add_argument("--region", default="", help="region code for managers and reviewers")
    user.add_argument("--store", default="", help="store code for store staff")
    user.add_argument("--pseudonym", default="", help="code shown instead of an inspector's name")
    audit = commands.add_parser("audit", help="the append-only log")
    actions = audit.add_subparsers(metavar="ACTION", required=True)
    _add(actions, "verify", health.verify_audit, "recompute the chain and name broken links")


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang", choices=("zh-CN", "en"), default="zh-CN", help="language of output"
    )


def _score(_: Workshop, arguments: Arguments) -> int:
    return score(
        arguments.rubric,
        arguments.answers,
        language=arguments.lang,
        as_json=arguments.json,
        explain=arguments.explain,
    )
