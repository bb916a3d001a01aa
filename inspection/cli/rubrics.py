"""`inspection rubric check | publish`: several files at once, the worst outcome as exit code."""

import argparse

from inspection.cli.rubric_check import check as check_file
from inspection.cli.rubric_publish import publish_file
from inspection.cli.workshop import Workshop
from inspection.wording import Language


def check(_: Workshop, arguments: argparse.Namespace) -> int:
    """Name every fault of every file."""
    return max([check_file(path, arguments.lang) for path in arguments.files])


async def publish(workshop: Workshop, arguments: argparse.Namespace) -> int:
    """Store every file as an immutable version; a file already stored stays one version."""
    async with workshop.tools() as tools:
        language = Language(arguments.lang)
        return max([await publish_file(tools, path, language) for path in arguments.files])
