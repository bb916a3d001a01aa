"""A rubric is known by its content: publishing and loading it changes nothing."""

import msgspec
import pytest

from inspection.domain.rubrics.rubric import Text
from inspection.domain.rubrics.rubric_digest import canonical, digest, restore
from inspection.domain.rubrics.rubric_reader import read
from tests.domain.sheets import KC, KH, MINI, MINI_FILE


@pytest.mark.parametrize("rubric", [KC, KH, MINI], ids=["KC", "KH", "MINI"])
def test_storing_and_loading_is_the_identity(rubric):
    again = restore(canonical(rubric))
    assert again == rubric
    assert digest(again) == digest(rubric)


def test_layout_and_remarks_do_not_change_the_digest():
    text = MINI_FILE.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    airy = "# other remarks\n\n" + "\n\n".join(line.replace(" = ", "   =  ") for line in lines)
    rubric = read(airy.encode()).rubric
    assert rubric == MINI
    assert digest(rubric) == digest(MINI)


def test_points_written_otherwise_are_the_same_points():
    text = MINI_FILE.read_text(encoding="utf-8").replace('loss = "10"', 'loss = "10.00"')
    assert digest(read(text.encode()).rubric) == digest(MINI)


def test_another_word_is_another_rubric():
    renamed = msgspec.structs.replace(MINI, title=Text("小评分表", "Small  card"))
    assert digest(renamed) != digest(MINI)


def test_what_was_not_stored_by_us_is_refused():
    with pytest.raises(msgspec.ValidationError):
        restore(canonical(MINI).replace(b'"edition"', b'"version"'))


def test_a_wording_speaks_both_languages():
    assert [MINI.title.of(language) for language in ("zh-CN", "zh", "en")] == [
        "小评分表",
        "小评分表",
        "Small card",
    ]


def test_an_item_nobody_knows_is_none():
    assert MINI.item("MINI-Z-99") is None
