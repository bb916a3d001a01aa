"""Which version of a thing somebody looked at: the same for the same facts, another otherwise."""

import hashlib

import msgspec

_LENGTH = 16
_ENCODER = msgspec.json.Encoder()


def version_of(facts: msgspec.Struct) -> str:
    """What an editing page sends along, so that no change made meanwhile is overwritten."""
    return hashlib.sha256(_ENCODER.encode(facts)).hexdigest()[:_LENGTH]
