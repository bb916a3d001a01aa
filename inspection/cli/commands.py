"""Every command on one screen: words, options, function. Functions return the exit code."""

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspection.cli.demo import demo_plan
from inspection.cli.output import language, refusal_sentence
from inspection.domain.access import Role
from inspection.domain.refusals import Refusal
from inspection.domain.rounds.round_plan import VISIT_KINDS
from inspection.wording import Language

HIGHEST_PORT = 65535

Arguments = argparse.Namespace
if TYPE_CHECKING:
    from inspection.cli.workshop import Workshop

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
Run = Callable[["Workshop", Arguments], int | Coroutine[Any, Any, int]]


def main(words: Sequence[str], workshop: "Workshop") -> int:
    """Run the command the words name. Expected refusals become one sentence and exit code 1."""
    arguments = parser().parse_args(words)
    try:
        outcome = function(arguments.run)(workshop, arguments)
        return outcome if isinstance(outcome, int) else asyncio.run(outcome)
    except Refusal as refusal:
        sys.stderr.write(refusal_sentence(refusal, Language(arguments.lang)) + "\n")
        return 1
    except KeyboardInterrupt:
        return 130


def function(name: str) -> Run:
    """What a command runs, by module and name. Imported only now: who serves needs none of what
    loads a demo or reads a sheet, and every process would begin by reading all of it.
    """
    module, _, called = name.partition(".")
    found: Run = getattr(import_module(f"inspection.cli.{module}"), called)
    return found


def parser() -> argparse.ArgumentParser:
    """Every command with its options; `run` names what to do."""
    parser = argparse.ArgumentParser(
        prog="inspection", description="Mingcha 明察: inspect stores, rank them, issue notices."
    )
    parser.set_defaults(lang=language().value)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _serving(commands)
    _rubrics(commands)
    _keeping(commands)
    _imports(commands)
    _rounds(commands)
    _people(commands)
    _jobs(commands)
    return parser


def _add(commands: "Commands", name: str, run: str, help_: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=help_, description=help_)
    command.set_defaults(run=run)
    return command


def _serving(commands: "Commands") -> None:
    run = _add(
        commands, "run", "running.run", "migrate, load the demo when empty, serve, print paper"
    )
    serve = _add(commands, "serve", "running.serve", "serve web pages and phones")
    for command in (run, serve):
        command.add_argument("--port", type=_port, help="TCP port (default 8000)")
        command.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--worker", action="store_true", help="also start one job worker")
    _add(commands, "worker", "running.work", "clean photos and print notices")
    _add(commands, "migrate", "migration.migrate", "bring the database to this version's schema")
    _add(commands, "doctor", "health.doctor", "say what is missing on this machine")


def _rubrics(commands: "Commands") -> None:
    rubric = commands.add_parser("rubric", help="check or publish rubric files")
    actions = rubric.add_subparsers(metavar="ACTION", required=True)
    check = _add(actions, "check", "rubrics.check", "name every fault of rubric files")
    publish = _add(actions, "publish", "rubrics.publish", "store an immutable version")
    for command in (check, publish):
        command.add_argument("files", nargs="+", type=Path, metavar="FILE")
        _language(command)
    command = _add(commands, "score", "score.score_arguments", "score answers without a server")
    command.add_argument("rubric", type=Path, metavar="RUBRIC")
    command.add_argument("answers", type=Path, metavar="ANSWERS.json")
    command.add_argument("--json", action="store_true", help="print the scorecard as JSON")
    command.add_argument(
        "--explain", nargs="?", const="total", metavar="PLACE", help="an item, a section or total"
    )
    _language(command)


def _keeping(commands: "Commands") -> None:
    demo = _add(commands, "demo", "demonstration.demo", "load the fictional demo province")
    demo.add_argument("--stores", type=int, default=demo_plan.DEFAULT_STORES)
    demo.add_argument("--rounds", type=int, default=demo_plan.DEFAULT_ROUNDS)
    demo.add_argument("--seed", type=int, default=demo_plan.DEFAULT_SEED)
    demo.add_argument(
        "--today",
        type=_day,
        metavar="YYYY-MM-DD",
        help=f"day the story ends on, at {demo_plan.STORY_HOUR}:00 in Shanghai, or at the last"
        " full hour while that is to come (default today)",
    )
    audit = commands.add_parser("audit", help="the append-only log")
    actions = audit.add_subparsers(metavar="ACTION", required=True)
    _add(actions, "verify", "health.verify_audit", "recompute the chain and name broken links")


def _imports(commands: "Commands") -> None:
    importing = commands.add_parser("import", help="load regions, stores or assignments")
    kinds = importing.add_subparsers(metavar="KIND", required=True)
    regions = _add(
        kinds, "regions", "imports.regions", "load the org tree from XLSX or CSV, all or nothing"
    )
    stores = _add(kinds, "stores", "imports.stores", "load stores from XLSX or CSV, all or nothing")
    stores.add_argument("--dry-run", action="store_true", help="say what would change")
    assignments = _add(
        kinds, "assignments", "imports.assignments", "plan visits from XLSX or CSV, all or nothing"
    )
    assignments.add_argument("round", metavar="ROUND", help="code of an open round")
    for command in (regions, stores, assignments):
        command.add_argument("file", type=Path, metavar="FILE")
        _language(command)


def _rounds(commands: "Commands") -> None:
    round_ = commands.add_parser("round", help="open, lock or list rounds")
    actions = round_.add_subparsers(metavar="ACTION", required=True)
    opening = _add(actions, "open", "rounds.open_round", "open a round by the latest rubrics")
    opening.add_argument("code")
    opening.add_argument("--zh", required=True, metavar="NAME", help="name in Chinese")
    opening.add_argument("--en", required=True, metavar="NAME", help="name in English")
    for option, dest in (("--from", "starts_on"), ("--to", "ends_on")):
        opening.add_argument(option, dest=dest, type=_day, required=True, metavar="YYYY-MM-DD")
    opening.add_argument("--min-visits", type=int, default=1, help="visits a store's rank needs")
    opening.add_argument("--kind", choices=VISIT_KINDS, default=VISIT_KINDS[0])
    opening.add_argument("--previous", default="", metavar="CODE", help="round to compare with")
    opening.add_argument(
        "--disclose-day", action="store_true", help="tell stores the day of the visit"
    )
    locking = _add(actions, "lock", "rounds.lock_round", "let published results stand as they are")
    locking.add_argument("code")
    locking.add_argument("--reason", default="", help="why, while something of it is still open")
    _add(actions, "list", "rounds.list_rounds", "every round, latest first")


def _people(commands: "Commands") -> None:
    user = commands.add_parser("user", help="people who may sign in")
    actions = user.add_subparsers(metavar="ACTION", required=True)
    adding = _add(actions, "add", "accounts.add_user", "add a person who may sign in")
    disabling = _add(actions, "disable", "accounts.disable_user", "keep a person out from now on")
    enabling = _add(actions, "enable", "accounts.enable_user", "let a person in again")
    dropping = _add(
        actions, "drop-second-step", "accounts.drop_code", "have a person sign in without a code"
    )
    losing = _add(actions, "lost-phone", "accounts.lose_phone", "have a person's phones erased")
    renewing = _add(actions, "password", "accounts.renew_password", "give a person a new password")
    for command in (adding, disabling, enabling, dropping, losing, renewing):
        command.add_argument("sign_in", help="staff number or phone")
    adding.add_argument("name")
    adding.add_argument("role", choices=[role.value for role in Role])
    adding.add_argument("--region", default="", help="region code for managers and reviewers")
    adding.add_argument("--store", default="", help="store code for store staff")
    adding.add_argument("--pseudonym", default="", help="code shown instead of an inspector's name")


def _jobs(commands: "Commands") -> None:
    dead = _add(commands, "jobs", "jobs.list_dead", "list work that failed for good")
    actions = dead.add_subparsers(metavar="ACTION")
    reviving = _add(actions, "revive", "jobs.revive", "try a dead job again")
    reviving.add_argument("key")


def _language(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--lang",
        choices=[spoken.value for spoken in Language],
        default=argparse.SUPPRESS,
        help="language of output (default: the terminal's)",
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        msg = f"{text!r} is no day. Write it like 2026-11-21."
        raise argparse.ArgumentTypeError(msg) from None


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > HIGHEST_PORT:
        msg = f"{text!r} is no port. Choose a number from 0 (any free one) to {HIGHEST_PORT}."
        raise argparse.ArgumentTypeError(msg)
    return int(text)
