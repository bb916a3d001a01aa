"""Coverage adds up: what is due is what is made, waits, or was missed."""

from datetime import UTC, date, datetime

from inspection.domain.rounds.coverage import NOTHING_DUE, Coverage, below, today, total

ONE = Coverage(done=1, submitted=2, returned=1, open=3, missed=4, unassigned=5)


def test_due_and_made_leave_out_the_stores_nobody_is_sent_to():
    assert (ONE.due, ONE.made, ONE.permille) == (11, 3, 273)
    assert (NOTHING_DUE.due, NOTHING_DUE.permille) == (0, None)


def test_a_window_is_over_when_its_last_day_is_over_in_shanghai():
    assert today(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert today(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)


def test_counts_add_up_by_the_nodes_right_below():
    counted = {
        "/62/6201/620102/": Coverage(done=1),
        "/62/6201/620105/": Coverage(missed=2),
        "/62/6205/": Coverage(open=3),
        "/63/": Coverage(open=9),
    }
    assert below(counted, "/62/") == {
        "/62/6201/": Coverage(done=1, missed=2),
        "/62/6205/": Coverage(open=3),
    }
    assert below(counted, "/62/6205/") == {"/62/6205/": Coverage(open=3)}
    assert total(counted) == Coverage(done=1, missed=2, open=12)
