"""A store's line on its page, answered."""

from tests.submissions import a_photo

SHOWN = {"pictures": (a_photo(30),)}


def of_store(line, part=""):
    return f"/notices/{line.notice}/lines/{line.number}{part}"
