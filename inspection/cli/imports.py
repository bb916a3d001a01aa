"""`inspection import`: load a sheet of regions, stores or assignments, all or nothing."""

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable

from inspection.cli.workshop import Workshop
from inspection.domain.refusals import Fault
from inspection.services.imports.assignment_plans import import_assignments
from inspection.services.imports.import_report import ImportReport
from inspection.services.imports.region_loading import import_regions
from inspection.services.imports.store_loading import import_stores
from inspection.services.tools import Tools
from inspection.wording import Language, say


async def regions(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Load the org tree; 1 when nothing was written for a fault."""
    return await _load(
        workshop,
        arguments,
        lambda tools, content: import_regions(tools, content, None, arguments.file.name),
    )


async def stores(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Load the file, or say what is wrong in which row; 1 when nothing was written for a fault."""
    dry_run, name = arguments.dry_run, arguments.file.name
    return await _load(
        workshop,
        arguments,
        lambda tools, content: import_stores(tools, content, None, dry_run=dry_run, name=name),
    )


async def assignments(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Plan a round's visits; 1 when nothing was written for a fault."""
    code, name = arguments.round, arguments.file.name
    return await _load(
        workshop,
        arguments,
        lambda tools, content: import_assignments(tools, code, content, None, name),
    )


async def _load(
    workshop: Workshop,
    arguments: argparse.Namespace,
    work: Callable[[Tools, bytes], Awaitable[ImportReport]],
) -> int:
    spoken = Language(arguments.lang)
    try:
        content = await asyncio.to_thread(arguments.file.read_bytes)
    except OSError as error:
        reason = error.strerror or str(error)
        told = say(spoken, "score.unreadable", file=arguments.file, reason=reason)
        sys.stderr.write(told + "\n")
        return 1
    async with workshop.tools() as tools:
        return _told(spoken, await work(tools, content))


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
    if not line:
        return sentence
    return say(spoken, "sheet_report.place", line=line, column=column, sentence=sentence)
