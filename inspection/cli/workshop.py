"""What the composition root hands to the command line."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol, Self

from inspection.services.tools import Tools
from inspection.settings import Settings


class Workshop(Protocol):
    """Opens the real things by settings; the command line never names an adapter."""

    @property
    def settings(self) -> Settings:
        """What the environment asked for."""
        ...

    def with_settings(self, settings: Settings) -> Self:
        """The same workshop under other settings."""
        ...

    def with_port(self) -> Self:
        """The same workshop with the port it will serve on. Raises a Refusal when it is taken."""
        ...

    def tools(self) -> AbstractAsyncContextManager[Tools]:
        """The tools with the database open; closed on leaving."""
        ...

    def serve(self) -> int:
        """Serve until stopped; the exit code."""
        ...

    async def work(self) -> int:
        """Run the job worker until stopped; the exit code."""
        ...
