"""What can go wrong when something is printed, told to those who wait for it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from inspection.documents.printed import PressFailed

PHOTO_GONE = "notice.photo_gone"


class GivenUp(Exception):
    """Trying again cannot help."""


@contextmanager
def lasting_faults() -> Iterator[None]:
    """Raises GivenUp for content that cannot be printed, and whatever else went wrong; then it is
    tried again.
    """
    try:
        yield
    except PressFailed as fault:
        if fault.permanent:
            raise GivenUp(str(fault)) from fault
        raise


@asynccontextmanager
async def faults_noted(note: Callable[[str], Awaitable[None]]) -> AsyncIterator[None]:
    """Note what keeps a document from being printed. Raises GivenUp when its content cannot be
    printed, and whatever else went wrong; then it is tried again.
    """
    with lasting_faults():
        try:
            yield
        except KeyError:
            await note(PHOTO_GONE)
            raise
        except PressFailed as fault:
            await note(fault.code)
            raise
