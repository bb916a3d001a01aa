"""The trail's icons are named after actions somebody writes."""

import re

from inspection.domain.notices.notice_state import NoticeMove
from inspection.domain.reviews.review import Decision
from tests.habits.tree import ROOT

NAMED = re.compile(r"'((?:visit|notice)\.[a-z_]+)':")
WRITTEN = re.compile(r"\"((?:visit|notice)\.[a-z_]+)\"")


def written():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "inspection").rglob("*.py")]
    return (
        {name for text in texts for name in WRITTEN.findall(text)}
        | {f"visit.{decision.value}" for decision in Decision}
        | {f"notice.{move.value}" for move in NoticeMove}
    )


def test_every_icon_of_the_trail_belongs_to_an_action_somebody_writes():
    template = ROOT / "inspection/web/pages/templates/_trail.html"
    named = NAMED.findall(template.read_text(encoding="utf-8"))
    assert {"visit.submit", "notice.deliver", "notice.print_again"} <= set(named)
    assert set(named) - written() == set()
