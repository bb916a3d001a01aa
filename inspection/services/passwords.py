"""Password hashes: argon2id, a few at a time, in threads of their own so that nobody else waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from inspection.domain.refusals import SignInTooOften

P = ParamSpec("P")
R = TypeVar("R")

MEMORY_KIB = 19 * 1024
PASSES = 2


class HashCost(msgspec.Struct, frozen=True):
    """What one guess costs. The default is OWASP's: 19 MiB, two passes, one lane."""

    memory_kib: int = MEMORY_KIB
    passes: int = PASSES


class Verdict(msgspec.Struct, frozen=True):
    """Whether the password fits, and its new hash when the stored one was cheaper than today's."""

    fits: bool
    renewed: str | None = None


class Passwords:
    """Hashes and verifies off the event loop; refuses when more than `waiting` want it at once."""

    def __init__(self, cost: HashCost | None = None, threads: int = 2, waiting: int = 64) -> None:
        wanted = cost or HashCost()
        self._hasher = PasswordHasher(wanted.passes, wanted.memory_kib, 1)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="password")
        self._places = waiting
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        """The text to store for a password."""
        return await self._aside(self._hasher.hash, password)

    async def verify(self, stored: str | None, password: str) -> Verdict:
        """Compare. Without a stored hash, which people who were only invited lack too, it takes as
        long, so that time does not tell names.
        """
        return await self._aside(self._verify, stored, password)

    def close(self) -> None:
        """End the threads; what runs is finished."""
        self._pool.shutdown(cancel_futures=True)

    def _verify(self, stored: str | None, password: str) -> Verdict:
        try:
            self._hasher.verify(stored or self._nobody_hash(), password)
        except (VerificationError, InvalidHashError):
            return Verdict(fits=False)
        if not stored:
            return Verdict(fits=False)
        cheap = self._hasher.check_needs_rehash(stored)
        return Verdict(fits=True, renewed=self._hasher.hash(password) if cheap else None)

    def _nobody_hash(self) -> str:
        if self._nobody is None:
            self._nobody = self._hasher.hash("nobody has this password")
        return self._nobody

    async def _aside(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        if self._places == 0:
            raise SignInTooOften(seconds=5)
        self._places -= 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))
        finally:
            self._places += 1
