"""Refusals about releasing approved visits to their stores."""

from inspection.domain.refusals.refusal import Refusal, Why


class ReleaseTooSmall(Refusal):
    """Only `ready` visits could be released before their day; it takes `least`."""

    code = "release.too_small"


class ReleaseReasonMissing(Refusal):
    """Releasing before the day, or holding a visit back, came without a written reason."""

    code = "release.reason_missing"
    why = Why.INVALID


class ReleaseRunning(Refusal):
    """A batch of the round is going out at this moment."""

    code = "release.running"


class ReleaseHeld(Refusal):
    """Somebody holds the visit back already."""

    code = "release.held_already"


class ReleaseNotHeld(Refusal):
    """Nobody holds the visit back any more."""

    code = "release.not_held"


class TextsRefused(Refusal):
    """The words are about an item that lost nothing, or show a photo that is not the item's."""

    code = "release.texts_refused"
    why = Why.INVALID


class TextsChanged(Refusal):
    """Somebody changed what the store will read after the page was opened; nothing was kept."""

    code = "release.texts_changed"
