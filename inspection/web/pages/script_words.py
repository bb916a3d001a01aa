"""What a page hands to its scripts: words and facts as JSON, since no inline script may run."""

import msgspec
from markupsafe import Markup

from inspection.wording import Language, catalogue

_HARMLESS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_block(name: str, value: object) -> Markup:
    """A block of JSON a script finds by that id; nothing in it can end the block."""
    text = msgspec.json.encode(value).decode().translate(_HARMLESS)
    # JSON is not HTML: escaped once more, its quotes would be lost to the script.
    return Markup(f'<script type="application/json" id="{name}">{text}</script>')  # noqa: S704  see _HARMLESS


def words_block(name: str, language: str, *stems: str) -> Markup:
    """Every sentence of the catalogue whose key begins with one of the stems."""
    words = catalogue(Language(language))
    return json_block(name, {key: words[key] for key in words if key.startswith(stems)})
