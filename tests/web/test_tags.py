"""A tag is known by whoever names it, alone or among others, weak or not."""

import pytest

from inspection.web.tags import names_tag


@pytest.mark.parametrize("tag", ['"one"', 'W/"one"'])
@pytest.mark.parametrize("known", ['"one"', 'W/"one"', '"two", "one"', ' "one" ,W/"two"'])
def test_it_is_known_by_whoever_names_it(tag, known):
    assert names_tag(known, tag)


@pytest.mark.parametrize("known", ["", '"two"', "one", '"one', 'W/"two", "three"'])
def test_it_is_unknown_to_everybody_else(known):
    assert not names_tag(known, '"one"')
