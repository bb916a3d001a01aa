"""Refusals of what store staff's phones send."""

from inspection.domain.refusals.refusal import Refusal


class SendingConflict(Refusal):
    """Something else arrived under the same id before; the phone keeps what it has."""

    code = "sending.conflict"
