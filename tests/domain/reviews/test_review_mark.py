"""Marks of single items: what they need, and whose stands when two people mark one."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from inspection.domain.plain_text import TextTooLong
from inspection.domain.refusals.reviewing import QuestionMissing, ReviewChanged
from inspection.domain.reviews.review_mark import UNMARKED, ItemMark, Mark, marked

ASKED = ItemMark(mark=Mark.ASK, question="走到二楼了吗？", version=3)


def test_a_question_is_kept_as_one_line():
    after = marked(UNMARKED, Mark.ASK, " 走到二楼\n了吗？", 0)
    assert after == ItemMark(mark=Mark.ASK, question="走到二楼 了吗？", version=1)


def test_a_question_needs_words_that_fit():
    with pytest.raises(QuestionMissing):
        marked(UNMARKED, Mark.ASK, "  ", 0)
    with pytest.raises(TextTooLong):
        marked(UNMARKED, Mark.ASK, "问" * 301, 0)


def test_the_same_again_changes_nothing_whatever_was_shown():
    assert marked(ASKED, Mark.ASK, "走到二楼了吗？", 1) is ASKED
    assert marked(UNMARKED, Mark.NONE, "", 0) is UNMARKED


def test_what_was_marked_since_is_not_overwritten():
    with pytest.raises(ReviewChanged):
        marked(ASKED, Mark.ACCEPT, "", 2)
    assert marked(ASKED, Mark.ACCEPT, "", 3) == ItemMark(mark=Mark.ACCEPT, version=4)


class TwoReviewers(RuleBasedStateMachine):
    """Two people with pages of their own: nobody's mark goes unseen."""

    def __init__(self):
        super().__init__()
        self.kept = UNMARKED
        self.seen = [0, 0]

    @rule(who=st.integers(0, 1))
    def look(self, who):
        self.seen[who] = self.kept.version

    @rule(who=st.integers(0, 1), mark=st.sampled_from(Mark), question=st.sampled_from("问题"))
    def mark(self, who, mark, question):
        before = self.kept
        try:
            self.kept = marked(before, mark, question, self.seen[who])
        except ReviewChanged:
            assert self.seen[who] != before.version
            return
        if self.kept is not before:
            assert self.seen[who] == before.version
            assert self.kept.version == before.version + 1

    @invariant()
    def only_a_question_has_words(self):
        assert bool(self.kept.question) is (self.kept.mark is Mark.ASK)


TestTwoReviewers = TwoReviewers.TestCase
TestTwoReviewers.settings = settings(max_examples=40, stateful_step_count=20)
