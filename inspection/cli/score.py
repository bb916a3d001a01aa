"""`inspection score RUBRIC ANSWERS.json`: the main job without a server."""

import argparse
import sys
from pathlib import Path

import msgspec

from inspection.cli.rubric_check import fault_lines, reading_of
from inspection.cli.scorecard_table import card_lines, explained_lines
from inspection.cli.workshop import Workshop
from inspection.domain.decoding import decode
from inspection.domain.refusals import BodyRefused, BodyTooLarge, Fault
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.scoring import answer_checks, scoring
from inspection.domain.scoring.answers import AnswerFile
from inspection.shipped import shipped
from inspection.wording import Language, say

LARGEST_FILE = 1_000_000


def score_arguments(_: Workshop, arguments: argparse.Namespace) -> int:
    """Score what the command line names."""
    return score(
        arguments.rubric,
        arguments.answers,
        language=arguments.lang,
        as_json=arguments.json,
        explain=arguments.explain,
    )


def score(rubric: Path, answers: Path, *, language: str, as_json: bool, explain: str | None) -> int:
    """Print the scorecard of one visit. Exit code 1, and every reason, when it cannot be scored."""
    spoken = Language(language)
    rules = _rubric(rubric, spoken)
    visit = None if rules is None else _visit(answers, rules, spoken)
    if rules is None or visit is None:
        return 1
    features = frozenset(visit.features)
    card = scoring.score(rules, visit.findings(), features, visit.earlier)
    explained = explained_lines(card, rules, explain, spoken) if explain else []
    if explained is None:
        return _complain([say(spoken, "score.place_unknown", place=explain, rubric=rules.code)])
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(card), indent=2).decode())
        return 0
    lines = card_lines(card, rules, visit.findings(), spoken)
    print("\n".join([*lines, *([""] if explained else []), *explained]))
    return 0


def _rubric(path: Path, language: Language) -> Rubric | None:
    reading = reading_of(_named(path))
    faults = fault_lines(path, reading, language)
    if isinstance(reading, OSError) or faults:
        _complain(faults)
        return None
    return reading.rubric


def _named(path: Path) -> Path:
    """A rubric that travels with the product may be named by its code alone."""
    own = shipped("scorecards") / f"{path}.toml"
    return own if not path.exists() and path.name == str(path) and own.exists() else path


def _visit(path: Path, rubric: Rubric, language: Language) -> AnswerFile | None:
    try:
        visit = decode(path.read_bytes(), AnswerFile, limit=LARGEST_FILE)
    except OSError as error:
        reason = error.strerror or str(error)
        _complain([say(language, "score.unreadable", file=path, reason=reason)])
        return None
    except BodyRefused as refusal:
        opening = say(language, "score.file_refused", file=path, count=len(refusal.faults))
        _complain([opening, *_fault_lines(refusal.faults, language)])
        return None
    except BodyTooLarge as refusal:
        _complain([say(language, "score.file_too_large", file=path, **refusal.facts)])
        return None
    return visit if _fits(visit, path, rubric, language) else None


def _fits(visit: AnswerFile, path: Path, rubric: Rubric, language: Language) -> bool:
    if visit.rubric != rubric.code:
        facts = {"file": path, "named": visit.rubric, "rubric": rubric.code}
        _complain([say(language, "score.other_rubric", **facts)])
        return False
    faults = answer_checks.file_faults(rubric, visit)
    if faults:
        opening = say(language, "score.answers_refused", file=path, count=len(faults))
        _complain([opening, *_fault_lines(faults, language)])
    return not faults


def _fault_lines(faults: tuple[Fault, ...], language: Language) -> list[str]:
    return [f"  {fault.pointer}  {say(language, fault.code, **fault.facts)}" for fault in faults]


def _complain(lines: list[str]) -> int:
    sys.stderr.write("\n".join(lines) + "\n")
    return 1
