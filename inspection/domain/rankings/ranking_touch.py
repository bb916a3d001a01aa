"""What an event of the log can change in the figures of a ranking; the unknown changes all."""

from enum import Enum, auto


class Touch(Enum):
    """What has to be counted again: nothing, the counties of one store, or everything. The store is
    told by the visit, the notice, its line, the assignment, the appeal, the extension or the look
    the event is about.
    """

    NOTHING = auto()
    VISIT = auto()
    NOTICE = auto()
    LINE = auto()
    ASSIGNMENT = auto()
    APPEAL = auto()
    EXTENSION = auto()
    LOOK = auto()
    EVERYTHING = auto()


_NOUNS = {
    "visit": Touch.VISIT,
    "notice": Touch.NOTICE,
    "line": Touch.LINE,
    "assignment": Touch.ASSIGNMENT,
    "appeal": Touch.APPEAL,
    "extension": Touch.EXTENSION,
    "reinspection": Touch.LOOK,
    # People, their sessions and messages, what is still being written, letters as files.
    **dict.fromkeys(
        (
            *("account", "session", "language", "audit", "job", "delivery", "push", "mail"),
            *("bot", "webhook"),
            *("draft", "rubric_draft", "photo", "issuer", "notice_batch", "follow_up", "schedule"),
            *("bulletin", "complaint"),
        ),
        Touch.NOTHING,
    ),
}
_EXPORT = ".export"
_MORE = frozenset({"notice.drop", "assignment.import", "rubric_draft.publish"})
"""Do more than to the one row they name, or leave none that could be asked where it was."""


def touch_of(noun: str, action: str) -> Touch:
    """What an event of this kind can change."""
    if action.endswith(_EXPORT):
        return Touch.NOTHING
    if action in _MORE:
        return Touch.EVERYTHING
    return _NOUNS.get(noun, Touch.EVERYTHING)
