"""What a reviewer lets a store read and see of an item."""

import pytest

from inspection.domain.plain_text import TextTooLong
from inspection.domain.refusals.releases import TextsRefused
from inspection.domain.releases.released_text import LONGEST, ReleasedText, checked

PHOTOS = {"KC-E-01": frozenset({"a", "b"}), "KC-M-01": frozenset[str]()}


def test_words_are_kept_as_they_are_printed_and_photos_once():
    (kept,) = checked(
        [ReleasedText(item="KC-E-01", problem=" 门口\n杂物 ", photos=("b", "b"))], PHOTOS
    )
    assert (kept.problem, kept.photos) == ("门口 杂物", ("b",))


@pytest.mark.parametrize(
    "texts",
    [
        [ReleasedText(item="KC-X-99")],
        [ReleasedText(item="KC-M-01", photos=("a",))],
        [ReleasedText(item="KC-M-01"), ReleasedText(item="KC-M-01")],
    ],
    ids=["no such item", "another item's photo", "twice"],
)
def test_what_does_not_fit_the_losses_is_refused(texts):
    with pytest.raises(TextsRefused):
        checked(texts, PHOTOS)


def test_words_have_an_end():
    with pytest.raises(TextTooLong):
        checked([ReleasedText(item="KC-M-01", problem="长" * (LONGEST + 1))], PHOTOS)
