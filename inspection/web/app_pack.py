"""The whole app in one answer, as the service worker fetches it: one question where a phone would
ask three hundred, and a third of the bytes, as each answer has a head of its own and files
compress better together than alone.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from inspection.web.assets import Asset

PACK = "app.pack"

_END_OF_LIST = b"\n"


class PackedFile(msgspec.Struct):
    """A file in the pack: its address, what it is, and how many bytes it has."""

    url: str
    type: str
    length: int


class PackList(msgspec.Struct):
    """The first line of the pack: whose files follow, in the order of their bytes."""

    version: str
    files: list[PackedFile]


def version_of(files: Mapping[str, Asset]) -> str:
    """A name for exactly these files, given by address."""
    listed = msgspec.json.encode([[url, file.digest] for url, file in files.items()])
    return hashlib.sha256(listed).hexdigest()[:16]


def packed(files: Mapping[str, Asset]) -> bytes:
    """The list as one line of JSON, then the bytes of all files without a gap."""
    listed = [PackedFile(url, file.media_type, len(file.content)) for url, file in files.items()]
    head = msgspec.json.encode(PackList(version_of(files), listed))
    return head + _END_OF_LIST + b"".join(file.content for file in files.values())
