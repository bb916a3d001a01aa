"""How the command line talks: one sentence for a refusal, a bar for long work."""

import os
import sys
import time

from inspection.domain.refusals import Refusal
from inspection.wording import Language, catalogue, say

BAR = 28
REFRESH_SECONDS = 0.1
NAMES = frozenset({"noun", "state", "move", "role", "place"})
"""Facts that are names of ours: `noun = "round"` is said as the catalogue's `noun.round`."""


def language() -> Language:
    """English where the terminal's locale is English, Chinese everywhere else."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return Language.EN if spoken.startswith("en") else Language.ZH


def refusal_sentence(refusal: Refusal, spoken: Language) -> str:
    """The sentence of a refusal with its faults below it."""
    words = catalogue(spoken)
    facts = {
        name: words.get(f"{name}.{fact}", fact) if name in NAMES else fact
        for name, fact in refusal.facts.items()
    }
    lines = [say(spoken, refusal.code, **facts)]
    lines += [
        f"  {fault.pointer}  {say(spoken, fault.code, **fault.facts)}" for fault in refusal.faults
    ]
    return "\n".join(lines)


class Progress:
    """A bar on one line of a terminal; plain lines every tenth where output is not a terminal."""

    def __init__(self, label: str, total: int) -> None:
        self._label = label
        self._total = max(total, 1)
        self._done = 0
        self._shown_at = 0.0
        self._shown_tenth = -1
        self._began = time.monotonic()

    def step(self, count: int = 1) -> None:
        """Count finished pieces and redraw when it is worth it."""
        self._done += count
        if sys.stderr.isatty():
            self._draw()
        else:
            self._tell()

    def _draw(self) -> None:
        now = time.monotonic()
        ended = self._done >= self._total
        if now - self._shown_at < REFRESH_SECONDS and not ended:
            return
        self._shown_at = now
        full = BAR * min(self._done, self._total) // self._total
        bar = "█" * full + "░" * (BAR - full)
        took = f"  {now - self._began:.1f} s\n" if ended else ""
        sys.stderr.write(f"\r  {self._label}  {bar} {self._done}/{self._total}{took}")
        sys.stderr.flush()

    def _tell(self) -> None:
        tenth = 10 * self._done // self._total
        if tenth != self._shown_tenth:
            self._shown_tenth = tenth
            sys.stderr.write(f"  {self._label} {self._done}/{self._total}\n")
