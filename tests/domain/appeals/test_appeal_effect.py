"""Who moves when one store's place key changes."""

import pytest

from inspection.domain.appeals.appeal_effect import LAST, StandsAt, between
from inspection.domain.rankings.ranking import places


@pytest.mark.parametrize(
    ("before", "after"), [(9, 4), (4, 9), (5, 5), (None, 3), (3, None), (None, None)]
)
def test_the_others_between_the_two_keys_move_by_one(before, after):
    others = [1, 3, 4, 5, 5, 8, 9, 11]

    def place(key, mine):
        return places([*others, *([] if mine is None else [mine])])[key]

    falls, rises = between(before, after)
    for key in others:
        moved = place(key, after) - place(key, before)
        assert moved == (key in falls) - (key in rises)
    assert LAST not in falls or before is None


def test_nobody_ranked_has_no_mean():
    assert StandsAt(key=None, place=None, ranked=0, score_sum=0).mean is None
    assert StandsAt(key=1, place=1, ranked=2, score_sum=18101).mean == 9051
