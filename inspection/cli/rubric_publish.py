"""`inspection rubric publish`: store a rubric file as an immutable version."""

import asyncio
from pathlib import Path

from inspection.services.rubrics.rubrics import publish_rubric
from inspection.services.tools import Tools
from inspection.wording import Language, say


async def publish_file(tools: Tools, path: Path, language: Language) -> int:
    """Publish one file and say under which number; the exit code. Raises RubricRefused."""
    try:
        source = await asyncio.to_thread(path.read_bytes)
    except OSError as fault:
        print(say(language, "rubric_publish.unreadable", file=path, reason=fault.strerror))
        return 1
    version = await publish_rubric(tools, source, None)
    outcome = "published" if version.is_new else "unchanged"
    print(
        say(
            language,
            f"rubric_publish.{outcome}",
            file=path,
            code=version.code,
            number=version.number,
            digest=version.digest[:12],
        )
    )
    return 0
