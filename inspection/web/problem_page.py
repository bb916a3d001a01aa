"""The page people see when the answer is no. It needs nothing but itself and the stylesheet."""

from collections.abc import Sequence
from html import escape
from typing import Protocol

from inspection.web.sentences import sentence
from inspection.wording import Language


class Wrong(Protocol):
    """One place that is wrong, and why."""

    @property
    def pointer(self) -> str: ...
    @property
    def detail(self) -> str: ...


class Shown(Protocol):
    """The parts of a problem that a person reads."""

    @property
    def title(self) -> str: ...
    @property
    def detail(self) -> str: ...
    @property
    def status(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def errors(self) -> Sequence[Wrong]: ...


STYLESHEETS = tuple(f"/static/css/{name}.css" for name in ("tokens", "components", "pages"))


def problem_page(language: Language, problem: Shown, typed: list[tuple[str, str]]) -> str:
    """The whole page. What a person had typed is shown again, ready to be copied."""
    styles = "".join(f'<link rel="stylesheet" href="{path}">' for path in STYLESHEETS)
    return (
        f'<!doctype html><html lang="{language.value}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(problem.title)}</title>{styles}</head>"
        '<body class="problem"><main class="card">'
        f"<h1>{escape(problem.title)}</h1><p>{escape(problem.detail)}</p>"
        f"{_wrong(problem.errors)}{_typed(language, typed)}"
        f'<p><a href="/">{escape(sentence(language, "problem.home", {}))}</a></p>'
        f'<p class="muted">{problem.status} · {escape(problem.code)}</p>'
        "</main></body></html>"
    )


def _wrong(errors: Sequence[Wrong]) -> str:
    places = "".join(
        f"<li><code>{escape(error.pointer.lstrip('/'))}</code> {escape(error.detail)}</li>"
        for error in errors
    )
    return f"<ul>{places}</ul>" if places else ""


def _typed(language: Language, typed: list[tuple[str, str]]) -> str:
    if not typed:
        return ""
    said = escape(sentence(language, "problem.typed", {}))
    fields = "".join(
        f"<p><label>{escape(name)}<br><textarea readonly>{escape(value)}</textarea></label></p>"
        for name, value in typed
    )
    return f"<section><h2>{said}</h2>{fields}</section>"
