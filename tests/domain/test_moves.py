import pytest

from inspection.domain import moves
from inspection.domain.notices.notice_state import NoticeMove, NoticeState
from inspection.domain.refusals import MoveRefused

TABLE = {(NoticeState.ISSUED, NoticeMove.OPEN): NoticeState.DELIVERED}


def test_a_move_of_the_table_leads_to_its_state():
    found = moves.after(TABLE, "notice", NoticeState.ISSUED, NoticeMove.OPEN)
    assert found is NoticeState.DELIVERED


def test_another_one_is_refused_with_the_words_of_state_and_move():
    with pytest.raises(MoveRefused) as refused:
        moves.after(TABLE, "notice", NoticeState.VOID, NoticeMove.OPEN)
    assert refused.value.facts == {"noun": "notice", "state": "void", "move": "open"}
