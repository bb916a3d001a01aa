"""`inspection import stores`: load a CSV sheet of stores."""

import argparse

from inspection.cli.workshop import Workshop
from inspection.domain.refusals import Fault
from inspection.services.stores import import_stores
from inspection.wording import Language, say


async def stores(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Load the file, or say what is wrong in which row; 1 when nothing was written for a fault."""
    spoken = Language(arguments.lang)
    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        print(say(spoken, "score.unreadable", file=arguments.file, reason=error.strerror))
        return 1
    async with workshop.tools() as tools:
        report = await import_stores(tools, content, None, dry_run=arguments.dry_run)
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
