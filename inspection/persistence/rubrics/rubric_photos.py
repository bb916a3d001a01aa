"""Photos of rubrics: which there are."""

from datetime import datetime

import msgspec

from inspection.persistence.statements import insertion, run


class RubricPhotoRow(msgspec.Struct, frozen=True, kw_only=True):
    """A clean photo, named by the SHA-256 of its bytes."""

    sha256: str
    width: int
    height: int
    size: int
    account: str
    added_at: datetime


async def add_photo(row: RubricPhotoRow) -> bool:
    """Note a photo. False when it was known already."""
    statement = insertion("rubric_photo", RubricPhotoRow) + " ON CONFLICT DO NOTHING RETURNING size"
    return bool(await run(statement, *msgspec.structs.astuple(row)))


async def is_known(sha256: str) -> bool:
    """Whether a rubric may name it."""
    return bool(await run("SELECT 1 FROM rubric_photo WHERE sha256 = ?", sha256))
