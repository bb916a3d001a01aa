"""Which events can change a ranking: what is not known to be harmless counts as changing all."""

import pytest

from inspection.domain.rankings.ranking_touch import Touch, touch_of


@pytest.mark.parametrize(
    ("noun", "action", "touch"),
    [
        ("visit", "visit.release", Touch.VISIT),
        ("notice", "notice.sign", Touch.NOTICE),
        ("line", "line.accept", Touch.LINE),
        ("assignment", "assignment.cancel", Touch.ASSIGNMENT),
        ("appeal", "appeal.file", Touch.APPEAL),
        ("extension", "extension.decide", Touch.EXTENSION),
        ("reinspection", "reinspection.settle", Touch.LOOK),
        ("session", "session.open", Touch.NOTHING),
        ("ranking", "ranking.export", Touch.NOTHING),
        ("notice", "notice.drop", Touch.EVERYTHING),
        ("rubric_draft", "rubric_draft.publish", Touch.EVERYTHING),
        ("store", "store.move", Touch.EVERYTHING),
        ("a noun of next year", "a.verb", Touch.EVERYTHING),
    ],
)
def test_what_an_event_can_change(noun, action, touch):
    assert touch_of(noun, action) is touch
