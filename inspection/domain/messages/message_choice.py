"""What a person chose: which kinds on which ways, when not to be disturbed, one letter a day."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.domain.messages.message import PERSONAL, RULES, Channel, MessageKind
from inspection.domain.messages.quiet_hours import NEVER, QuietHours, next_time, not_before

DIGEST_MINUTE = 8 * 60 + 30
"""When the day's letter goes out."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """`ways` holds, by kind, the ways chosen; a kind that is not in it goes the usual ways."""

    ways: Mapping[str, tuple[Channel, ...]] = msgspec.field(default_factory=dict)
    quiet: bool = True
    quiet_from: int = QuietHours().start
    quiet_to: int = QuietHours().end
    digest: bool = False

    def wants(self, kind: MessageKind, channel: Channel) -> bool:
        """Whether this kind goes this way."""
        chosen = self.ways.get(kind.value)
        return channel in (RULES[kind].usual if chosen is None else chosen)

    @property
    def hours(self) -> QuietHours:
        """The hours in which they are not disturbed."""
        return QuietHours(self.quiet_from, self.quiet_to) if self.quiet else NEVER


class Way(msgspec.Struct, frozen=True):
    """One way a message goes, when, and whether in the day's letter."""

    channel: Channel
    due_at: datetime
    digest: bool = False


def ways(kind: MessageKind, choice: Choice, now: datetime) -> tuple[Way, ...]:
    """How somebody who chose this is told now, beside the inbox."""
    wanted = (channel for channel in PERSONAL if choice.wants(kind, channel))
    return tuple(_way(kind, channel, choice, now) for channel in wanted)


def _way(kind: MessageKind, channel: Channel, choice: Choice, now: datetime) -> Way:
    if RULES[kind].urgent:
        return Way(channel, now)
    if channel is Channel.MAIL and choice.digest:
        return Way(channel, not_before(next_time(now, DIGEST_MINUTE), choice.hours), digest=True)
    return Way(channel, not_before(now, choice.hours))
