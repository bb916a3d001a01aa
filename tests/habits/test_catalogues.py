"""Both languages say the same things: equal keys, equal facts, nothing empty on one side only."""

import pytest

from inspection.wording import Language, catalogue
from tests.habits.test_refusals import placeholders

ZH, EN = catalogue(Language.ZH), catalogue(Language.EN)


def test_both_catalogues_have_the_same_keys():
    assert set(ZH) == set(EN)


@pytest.mark.parametrize("key", sorted(set(ZH) & set(EN)))
def test_both_sentences_name_the_same_facts(key):
    assert placeholders(ZH[key]) == placeholders(EN[key])


@pytest.mark.parametrize("key", sorted(set(ZH) & set(EN)))
def test_a_sentence_is_not_left_in_the_other_language(key):
    assert not any(
        "\u4e00" <= letter <= "\u9fff" for letter in EN[key].replace("号", "").replace("字", "")
    )
