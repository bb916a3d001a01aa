"""Templates and what they may say: a page is whole HTML, complete without scripts."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import MediaType, Response
from markupsafe import Markup

from inspection.domain import points
from inspection.domain.rubrics.rubric import STORE_FEATURES, Text
from inspection.services.messages.inbox import MOST_COUNTED
from inspection.shipped import shipped
from inspection.web.bell import unread_of
from inspection.web.languages import COOKIE, asked_language, language_of
from inspection.web.pages import charts, columns, moments
from inspection.web.pages.awaited import counts_in
from inspection.web.pages.compiled_templates import compiled_templates
from inspection.web.pages.links import SAID, address, this_page
from inspection.web.pages.menu import menu_for, more_for, setup_for
from inspection.web.pages.sayings import SAYINGS
from inspection.web.pages.script_words import json_block, words_block
from inspection.web.sentences import edited
from inspection.web.session import Connection, caller_of, csrf_token_of, tools_of
from inspection.wording import Language, catalogue, counted, say

TEMPLATES = Path(__file__).resolve().parent / "templates"
SPRITE = "/static/icons/icons.svg"
COOKIE_SECONDS = 365 * 24 * 60 * 60

NONE = "—"


def page(
    connection: Connection,
    template: str,
    content: Mapping[str, Any],
    *,
    status: int = 200,
    path: str = "",
) -> Response[str]:
    """One page in the caller's language, with the menu of their role. `path` is where it can be
    read again when the request itself was a form.
    """
    said = {**_shared(connection, path), **content}
    html = _environment().get_template(template).render(said)
    answer = Response(html, media_type=MediaType.HTML, status_code=status)
    if chosen := asked_language(connection):
        secure = connection.app.state.settings.secure_cookies
        answer.set_cookie(
            COOKIE, chosen, max_age=COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure
        )
    return answer


def fragment(language: Language, template: str, content: Mapping[str, Any]) -> Markup:
    """A part of a page that says the same to everybody who reads its language."""
    said = {"lang": language.value, **_words_of(language), **content}
    return Markup(_environment().get_template(template).render(said))  # noqa: S704 - a template


def once(answer: Response[str]) -> Response[str]:
    """The page, to be kept nowhere: it shows what is shown once."""
    answer.headers["cache-control"] = "no-store"
    return answer


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([TEMPLATES, shipped("papers")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(TEMPLATES / "__pycache__"),
    )
    environment.filters |= {
        "score": lambda value: NONE if value is None else points.total(value),
        "loss": lambda value: NONE if value is None else points.loss(value),
        "plain": lambda value: NONE if value is None else points.plain(value),
        "signed": points.signed,
        "clock": _clock,
        "left": _left,
        "day": moments.day,
        "heat": charts.heat_step,
    }
    environment.globals |= {
        "icon": _icon,
        "charts": charts,
        "address": address,
        "beside": columns.beside,
        "lost_in": columns.lost_in,
        "json_block": json_block,
        "words_block": words_block,
        "store_features": sorted(STORE_FEATURES),
    }
    return environment


def _shared(connection: Connection, path: str) -> dict[str, Any]:
    language = language_of(connection)
    other = Language.EN if language is Language.ZH else Language.ZH
    actor = caller.actor if (caller := caller_of(connection)) else None
    where = path or connection.scope["path"]
    counts = counts_in(connection)
    said = connection.query_params.get(SAID, "")
    return {
        "lang": language.value,
        "other_lang": other.value,
        "other_lang_name": say(other, "page.language"),
        "other_lang_href": this_page(connection, path=path, lang=other.value),
        "here": this_page(connection, path=path),
        **_words_of(language),
        "actor": actor,
        "menu": menu_for(actor, where, counts) if actor else (),
        "setup": setup_for(actor, where, counts) if actor else (),
        "more": more_for(actor, where, counts) if actor else None,
        "unread_words": _counted(unread_of(connection)),
        "csrf_token": csrf_token_of(connection),
        "now": tools_of(connection).now(),
        "words": catalogue(language),
        "said": say(language, f"said.{said}") if said in SAYINGS else "",
        "problem": None,
    }


def _words_of(language: Language) -> dict[str, Any]:
    return {
        "t": partial(say, language),
        "worded": partial(_worded, language),
        "edited": partial(edited, language),
        "in_words": partial(_in_words, language),
    }


def _counted(unread: int) -> str:
    """What the bell says; nothing when there is nothing."""
    return f"{MOST_COUNTED - 1}+" if unread >= MOST_COUNTED else str(unread or "")


def _worded(language: Language, key: str, otherwise: str = "", **facts: object) -> str:
    """The sentence of a key made from data, or the word itself while nobody worded it."""
    sentence = catalogue(language).get(key)
    return counted(sentence, facts).format_map(_Facts(facts)) if sentence else otherwise or key


class _Facts(dict[str, object]):
    """A fact the data lacks shows as a gap; the page stays whole."""

    def __missing__(self, _: str) -> str:
        return "…"


def _in_words(language: Language, text: Text) -> str:
    """A bilingual text in the page's language."""
    return text.of(language.value)


@pass_context
def _clock(context: Context, at: datetime | None) -> str:
    return moments.clock(at, context["now"])


@pass_context
def _left(context: Context, due: datetime) -> str:
    return moments.left(Language(context["lang"]), due, context["now"])


@cache
def _icon(name: str, extra: str = "") -> Markup:
    return Markup(
        '<svg class="i {extra}" aria-hidden="true"><use href="{sprite}#i-{name}"/></svg>'
    ).format(extra=extra, sprite=SPRITE, name=name)
