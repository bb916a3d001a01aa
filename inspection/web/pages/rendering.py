"""Templates and what they may say: a page is whole HTML, complete without scripts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response
from markupsafe import Markup

from inspection.domain import points
from inspection.domain.deadline import SHANGHAI
from inspection.domain.rubric import Text
from inspection.web.languages import language_of
from inspection.web.pages import charts
from inspection.web.pages.menu import menu_for
from inspection.web.session import Connection, caller_of, csrf_token_of, tools_of
from inspection.wording import Language, catalogue, say

TEMPLATES = Path(__file__).resolve().parent / "templates"
SPRITE = "/static/icons/icons.svg"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "score": lambda value: "—" if value is None else points.total(value),
        "loss": lambda value: "—" if value is None else points.loss(value),
        "plain": points.plain,
        "signed": points.signed,
        "clock": _clock,
        "day": _day,
        "heat": charts.heat_step,
    }
    environment.globals |= {"icon": _icon, "charts": charts}
    return environment


def page(
    connection: Connection, template: str, content: Mapping[str, Any], status: int = 200
) -> Response[str]:
    """One page in the caller's language, with the menu of their role."""
    language = language_of(connection)
    caller = caller_of(connection)
    shared = {
        "lang": language.value,
        "t": partial(say, language),
        "worded": partial(_worded, language),
        "in_words": partial(_in_words, language),
        "actor": caller.actor if caller else None,
        "menu": menu_for(caller.actor.role) if caller else (),
        "csrf_token": csrf_token_of(connection),
        "here": connection.url.path,
        "now": tools_of(connection).now(),
    }
    html = _environment().get_template(template).render({**shared, **content})
    return Response(html, media_type=MediaType.HTML, status_code=status)


def _worded(language: Language, key: str, otherwise: str = "") -> str:
    """The sentence of a key made from data, or the word itself while nobody worded it."""
    return catalogue(language).get(key, otherwise or key)


def _in_words(language: Language, text: Text) -> str:
    """A bilingual text in the page's language."""
    return text.of(language.value)


def _icon(name: str, extra: str = "") -> Markup:
    return Markup(
        '<svg class="i {extra}" aria-hidden="true"><use href="{sprite}#i-{name}"/></svg>'
    ).format(extra=extra, sprite=SPRITE, name=name)


def _clock(moment: datetime | None) -> str:
    """11-18 14:05, in Shanghai; the year too when it is not this one's."""
    return "—" if moment is None else f"{_local(moment):%m-%d %H:%M}"


def _day(moment: datetime | None) -> str:
    return "—" if moment is None else f"{_local(moment):%Y-%m-%d}"


def _local(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(SHANGHAI)
