"""Templates that were compiled before, kept as Python keeps its modules: all of them take two
seconds, and the first look at a page after a start would pay for its own.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

PATTERN = f"jinja-{jinja2.__version__}-%s.cache"


class CompiledTemplates(FileSystemBytecodeCache):
    """A folder of compiled templates. A template that cannot be kept is compiled again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one, unless the disk is full."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compiled_templates(folder: Path) -> CompiledTemplates | None:
    """The templates kept in this folder; None where nothing may be written into it, or where
    Python is told to keep nothing.
    """
    if sys.dont_write_bytecode:
        return None
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return CompiledTemplates(str(folder), PATTERN) if os.access(folder, os.W_OK) else None
