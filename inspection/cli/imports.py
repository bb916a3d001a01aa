"""`inspection import`: load a CSV sheet of regions, stores or assignments, all or nothing."""

import argparse
from pathlib import Path

from inspection.cli.workshop import Workshop
from inspection.domain.refusals import Fault
from inspection.services.assignment_plans import import_assignments
from inspection.services.import_report import ImportReport
from inspection.services.regions import import_regions
from inspection.services.stores import import_stores
from inspection.wording import Language, say


async def regions(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Load the org tree; 1 when nothing was written for a fault."""
    spoken = Language(arguments.lang)
    if (content := _content(spoken, arguments.file)) is None:
        return 1
    async with workshop.tools() as tools:
        report = await import_regions(tools, content, None)
    return _told(spoken, report)


async def stores(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Load the file, or say what is wrong in which row; 1 when nothing was written for a fault."""
    spoken = Language(arguments.lang)
    if (content := _content(spoken, arguments.file)) is None:
        return 1
    async with workshop.tools() as tools:
        report = await import_stores(tools, content, None, dry_run=arguments.dry_run)
    return _told(spoken, report)


async def assignments(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Plan a round's visits; 1 when nothing was written for a fault."""
    spoken = Language(arguments.lang)
    if (content := _content(spoken, arguments.file)) is None:
        return 1
    async with workshop.tools() as tools:
        report = await import_assignments(tools, arguments.round, content, None)
    return _told(spoken, report)


def _content(spoken: Language, file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError as error:
        print(say(spoken, "score.unreadable", file=file, reason=error.strerror))
        return None


def _told(spoken: Language, report: ImportReport) -> int:
    if report.faults:
        print(say(spoken, "sheet_report.refused", count=len(report.faults)))
        for fault in report.faults:
            print("  " + _sentence(spoken, fault))
        return 1
    key = "sheet_report.done" if report.written else "sheet_report.dry"
    facts = {"added": report.added, "updated": report.updated, "unchanged": report.unchanged}
    print(say(spoken, key, **facts))
    if report.losing_features:
        key = "sheet_report.lost" if report.written else "sheet_report.losing"
        print(say(spoken, key, count=report.losing_features))
    return 0


def _sentence(spoken: Language, fault: Fault) -> str:
    _, line, column = (*fault.pointer.split("/"), "")[:3]
    sentence = say(spoken, fault.code, **fault.facts)
    return say(spoken, "sheet_report.place", line=line, column=column, sentence=sentence)
