"""The same rules have the same digest, however their file is laid out."""

import hashlib
from functools import lru_cache

import msgspec

from inspection.domain.rubrics.rubric import Rubric

_ENCODER = msgspec.json.Encoder(order="sorted")


def canonical(rubric: Rubric) -> bytes:
    """The rubric as JSON with sorted keys and no white space: what is stored and hashed."""
    return _ENCODER.encode(rubric)


def restore(stored: bytes) -> Rubric:
    """The rubric `canonical` wrote. Raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(stored, type=Rubric)


# Hundreds of visits are scored against one rubric.
@lru_cache(maxsize=64)
def digest(rubric: Rubric) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(rubric)).hexdigest()
