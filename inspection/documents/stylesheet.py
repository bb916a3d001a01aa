"""Stylesheets of the documents, ready for the layout engine."""

import re
from functools import cache

from inspection.documents.notice import TEMPLATES

_ROOT = re.compile(r":root \{(.*?)\}", re.DOTALL)
_VARIABLE = re.compile(r"(--[a-z]+): (.+?);")


@cache
def stylesheet(name: str) -> str:
    """A stylesheet with its variables written out.

    WeasyPrint would resolve `var()` again for every element, about a twentieth of the whole render.
    """
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    root = _ROOT.search(text)
    for variable, value in _VARIABLE.findall(root[1]) if root else ():
        text = text.replace(f"var({variable})", value)
    return text
