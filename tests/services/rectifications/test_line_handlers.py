"""Helpers are added; whoever is responsible stays."""

import pytest

from inspection.domain.refusals import NotFound
from inspection.domain.refusals.rectification import HandlerRefused, LineChanged
from inspection.services.rectifications.line_handlers import MOST, add_handler
from inspection.services.rectifications.rectification_details import line_detail, store_line
from tests.cast import CHEN, DENG, WANG
from tests.rectifying import a_reply, accept, issued_lines


async def test_a_helper_is_named_beside_who_is_responsible(province):
    line, _ = await issued_lines(province)
    await add_handler(province, CHEN.actor, line.id, "工程部 王工")
    await add_handler(province, CHEN.actor, line.id, "工程部 王工")
    shown = await store_line(province, CHEN.actor, line.notice, line.number)
    assert (shown.handlers, shown.responsible) == (("工程部 王工",), line.responsible)
    assert (await line_detail(province, WANG.actor, line.id)).handlers == ("工程部 王工",)


@pytest.mark.parametrize("name", ["", " ", "THE OWNER"])
async def test_a_helper_needs_a_name_of_its_own(province, name):
    line, _ = await issued_lines(province)
    with pytest.raises(HandlerRefused):
        await add_handler(
            province, CHEN.actor, line.id, line.responsible if name == "THE OWNER" else name
        )


async def test_there_is_room_for_so_many(province):
    line, _ = await issued_lines(province)
    for n in range(MOST):
        await add_handler(province, CHEN.actor, line.id, f"协办{n}")
    with pytest.raises(HandlerRefused):
        await add_handler(province, CHEN.actor, line.id, "还有一个")


async def test_a_settled_line_needs_no_help(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    await accept(province, line.id)
    with pytest.raises(LineChanged):
        await add_handler(province, CHEN.actor, line.id, "工程部")
    with pytest.raises(NotFound):
        await add_handler(province, DENG.actor, line.id, "工程部")
