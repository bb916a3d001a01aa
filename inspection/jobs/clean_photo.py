"""The job a received photo leaves behind: clean copies, and the visits completed by them."""

import msgspec

from inspection.services.photos import photo_cleaning
from inspection.services.photos.photos import CLEAN_PHOTO
from inspection.services.tools import Tools

KIND = CLEAN_PHOTO


class CleanPhoto(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which photo."""

    sha256: str


async def clean_photo(tools: Tools, payload: CleanPhoto) -> None:
    """Make the copies. Raises what keeps the cleaner from working; then it is tried again."""
    await photo_cleaning.clean_photo(tools, payload.sha256)
