"""The language somebody is answered in."""

import pytest


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, "没有"),
        ({"accept-language": "en-GB,en;q=0.9"}, "There is no"),
        ({"accept-language": "fr,en;q=0.5,zh;q=0.9"}, "没有"),
        ({"accept-language": "fr"}, "没有"),
        ({"accept-language": "*;q=x,,;q=9"}, "没有"),
        ({"accept-language": "en;q=x,zh;q=0.1"}, "没有"),
        ({"cookie": "mingcha_lang=en", "accept-language": "zh"}, "There is no"),
        ({"cookie": "mingcha_lang=zz"}, "没有"),
    ],
)
async def test_the_sentence_is_in_the_callers_language(visitor, headers, said):
    assert said in (await visitor.get("/api/nothing", headers=headers)).json()["detail"]


async def test_the_language_in_the_address_wins(visitor):
    answer = await visitor.get("/nothing?lang=en", headers={"cookie": "mingcha_lang=zh"})
    assert "There is no such page" in answer.text
