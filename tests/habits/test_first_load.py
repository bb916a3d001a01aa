"""The phones' app stays small enough for one bar of signal. Bytes as sent, compressed."""

from functools import cache
from pathlib import Path

from inspection.web.app_joining import FIRST_MODULE, LATER_MODULE, STAFF_DOOR, STAFF_MODULE
from inspection.web.assets import Asset, read_assets
from inspection.web.phone_app import FIRST_WORDING, INDEX, STAFF_LIST, modules, phone_app

KB = 1024
SIGN_IN = 36 * KB
TASKS = 60 * KB
"""All a new phone fetches before it shows the list of tasks."""
STAFFS = 63 * KB
"""All a new phone fetches before it shows store staff their notices."""
SIGN_IN_FILES, TASKS_FILES, STAFFS_FILES = 9, 13, 17
"""Each is a request of its own on the first visit, and without HTTP/2 six travel side by side: the
seventh waits for a whole way there and back.
"""

LOOKS = (
    INDEX,
    "css/tokens.css",
    "css/components.css",
    "css/app.css",
    "icons/app.svg",
    "manifest.webmanifest",
)


@cache
def app() -> dict[str, Asset]:
    """The files as they are served."""
    return phone_app(read_assets())


def sent(names: set[str]) -> int:
    """Bytes of these files as a browser gets them."""
    return sum(len(next(iter(app()[name].encoded.values()))) for name in names)


def first_screen() -> set[str]:
    return {*LOOKS, *modules(app(), FIRST_MODULE), FIRST_WORDING}


def test_the_sign_in_is_light():
    assert sent(first_screen()) <= SIGN_IN
    assert len(first_screen()) <= SIGN_IN_FILES


def test_the_list_of_tasks_is_light():
    wording = Path(FIRST_WORDING).with_name("visits.js").as_posix()
    later = {*modules(app(), LATER_MODULE), wording}
    assert sent(first_screen() | later) <= TASKS
    assert len(first_screen() | later) <= TASKS_FILES


def test_the_list_of_notices_is_light():
    wordings = [
        Path(FIRST_WORDING).with_name(f"{part}.js").as_posix() for part in ("visits", "store")
    ]
    behind = {*modules(app(), STAFF_DOOR), *modules(app(), STAFF_MODULE)}
    later = {*behind, *wordings, STAFF_LIST, "css/store.css"}
    assert sent(first_screen() | later) <= STAFFS
    assert len(first_screen() | later) <= STAFFS_FILES


def test_inspectors_fetch_nothing_of_the_staffs_first():
    inspectors = {*modules(read_assets(), FIRST_MODULE), *modules(read_assets(), LATER_MODULE)}
    staffs = ("views/notices/", "views/sendings/", "store_notice", "sendings", "sealed_rows")
    assert [name for name in inspectors if any(part in name for part in staffs)] == []
