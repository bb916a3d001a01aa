"""`inspection migrate`: bring the schema up to date, one process at a time."""

import argparse
from pathlib import Path

from inspection.cli.workshop import Workshop
from inspection.persistence import migrating


async def migrate(workshop: Workshop, _: argparse.Namespace) -> int:
    """Run the migrations that are missing."""
    prepare_folders(workshop)
    report = await migrating.migrate(workshop.settings.database_url)
    print(report)
    return 0


def prepare_folders(workshop: Workshop) -> None:
    """Make the data folders, the one of an SQLite file included."""
    settings = workshop.settings
    settings.photo_dir.mkdir(parents=True, exist_ok=True)
    if settings.database_url.startswith("sqlite:///"):
        Path(settings.database_url.removeprefix("sqlite:///")).parent.mkdir(
            parents=True, exist_ok=True
        )
