"""`inspection rubric check FILE`: every fault of a rubric file with its line and its path."""

from pathlib import Path

from inspection.domain.points import plain
from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.rubrics.rubric_digest import digest
from inspection.domain.rubrics.rubric_faults import RubricFault
from inspection.domain.rubrics.rubric_reader import LARGEST_FILE, Reading, read
from inspection.wording import Language, say


def check(path: Path, language: str) -> int:
    """Print what is wrong with the file, or that it is right. Exit code 1 when anything is."""
    spoken = Language(language)
    reading = reading_of(path)
    for line in fault_lines(path, reading, spoken):
        print(line)
    if isinstance(reading, OSError) or reading.rubric is None:
        return 1
    for line in _good(path, reading.rubric, spoken):
        print(line)
    return 0


def reading_of(path: Path) -> Reading | OSError:
    """What the file gave, or why it could not be opened."""
    try:
        with path.open("rb") as file:
            # One byte more than allowed is enough to be refused.
            return read(file.read(LARGEST_FILE + 1))
    except OSError as error:
        return error


def fault_lines(path: Path, reading: Reading | OSError, language: Language) -> list[str]:
    """One line for each fault, then their count; nothing when there is none."""
    if isinstance(reading, OSError):
        reason = reading.strerror or str(reading)
        return [say(language, "rubric_check.unreadable", file=path, reason=reason)]
    if not reading.faults:
        return []
    lines = [fault_line(path, fault, language) for fault in reading.faults]
    return [*lines, say(language, "rubric_check.count", count=len(lines))]


def fault_line(path: Path, fault: RubricFault, language: Language) -> str:
    """One fault: file, line, place, sentence."""
    place = say(language, "rubric_check.place", place=fault.place) if fault.place else ""
    sentence = say(language, fault.code, **fault.facts)
    facts = {"file": path, "line": fault.line, "place": place, "sentence": sentence}
    if fault.column is None:
        return say(language, "rubric_check.fault", **facts)
    return say(language, "rubric_check.fault_column", column=fault.column, **facts)


def _good(path: Path, rubric: Rubric, language: Language) -> list[str]:
    return [
        say(
            language,
            "rubric_check.good",
            file=path,
            title=rubric.title.of(language),
            sections=len(rubric.sections),
            items=sum(1 for _ in rubric.items()),
            full=plain(rubric.full),
        ),
        say(language, "rubric_check.digest", digest=digest(rubric)),
    ]
