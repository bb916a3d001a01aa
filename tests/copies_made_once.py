"""Photos are cleaned by the real cleaner, once in a run: most tests send the same few pictures, and
its process takes longer than what such a test is about. The tests of the cleaner always start it.
"""

from collections.abc import Iterator

import pytest

from inspection.services.photos import photo_cleaning
from inspection.services.photos.photo_cleaning import Copies, Unusable


@pytest.fixture(scope="session", autouse=True)
def copies_made_once() -> Iterator[None]:
    """What the cleaner made of a content, kept for the next photo with the very same bytes."""
    made: dict[bytes, Copies] = {}
    clean = photo_cleaning.make_copies

    def kept(content: bytes) -> Copies | Unusable:
        if content in made:
            return made[content]
        outcome = clean(content)
        if isinstance(outcome, Copies):
            made[content] = outcome
        return outcome

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(photo_cleaning, "make_copies", kept)
        yield
