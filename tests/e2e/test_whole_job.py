"""The main job, end to end, as four people: from the phone in the store to the paper."""

import pytest

from tests.cast import LI
from tests.e2e.golden_job import (
    SCORES,
    TITLES,
    approve_it,
    read_the_paper,
    score_the_visit,
    sign_it_off,
)
from tests.e2e.phone import Phone

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


def test_four_people_take_a_visit_from_the_phone_to_the_paper(open_phone, golden_server, tmp_path):
    score_the_visit(Phone(open_phone(), golden_server.address), tmp_path)
    approve_it(open_phone())
    number = sign_it_off(open_phone())
    text = read_the_paper(open_phone(), number)
    for told in (number, "89.5", "10.5", *TITLES, *SCORES):
        assert told in text, told
    for told in ("海报", "手机加油站", "擦鞋机", "客户用电脑", "台面资料散放", "折页"):
        assert told in text, told
    for kept in (LI.name, LI.pseudonym):
        assert kept not in text
