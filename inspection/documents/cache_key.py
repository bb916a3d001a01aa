"""The name under which a finished document is kept: same key, same bytes."""

import hashlib
from collections.abc import Mapping

import msgspec

from inspection.documents import engine
from inspection.documents.notice import WORDS, Part
from inspection.domain.notice import NoticeSnapshot, canonical


def key(snapshot: NoticeSnapshot, words: Mapping[str, str], parts: tuple[Part, ...]) -> str:
    """SHA-256 over all that decides the bytes: what is said, how it is set, and by which engine."""
    printed = sorted((name, word) for name, word in words.items() if name.startswith(WORDS))
    total = hashlib.sha256()
    for part in (
        canonical(snapshot),
        msgspec.json.encode(printed),
        msgspec.json.encode(parts),
        engine.recipe().encode(),
        engine.identity().encode(),
    ):
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()
