"""/visits/{id}/release-texts: what a store will read and see, in its reviewer's words."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.releases.released_text import LONGEST, ReleasedText
from inspection.domain.visits.visit import MOST_ATTEMPTS
from inspection.services.reviews import release_texts
from inspection.services.reviews.release_texts import ReleaseTexts, TextChoice, TextsWish
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of

Code = Annotated[str, Meta(max_length=40)]


class TextsForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One `item` and one `problem` a line, in the same order; a `photo` is "ITEM SHA-256". `use`
    names a line whose note is to be taken over before anything is kept.
    """

    attempt: Annotated[int, Meta(ge=1, le=MOST_ATTEMPTS)]
    seen: Annotated[str, Meta(max_length=64)]
    item: tuple[Code, ...] = ()
    problem: tuple[str, ...] = ()
    photo: tuple[Annotated[str, Meta(max_length=120)], ...] = ()
    use: Code = ""

    def wish(self) -> TextsWish:
        """The same as the service is asked."""
        return TextsWish(
            attempt=self.attempt,
            seen=self.seen,
            texts=tuple(
                ReleasedText(item=item, problem=problem, photos=_photos(self.photo, item))
                for item, problem in zip(self.item, self.problem, strict=False)
            ),
        )


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What the fields of an item show: what was typed and ticked, or what is kept."""

    problem: str
    photos: frozenset[str]


@get("/visits/{id:str}/release-texts", opt=needs(Action.VISIT_READ))
async def show_texts(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """What the store will read, beside what the inspector noted."""
    return await _texts_page(request, id)


@post("/visits/{id:str}/release-texts", opt=needs(Action.VISIT_REVIEW))
async def keep_texts(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep the words and photos; refused, or with a note taken over, the form comes back."""
    try:
        form = await form_of(request, TextsForm)
        if form.use:
            return await _texts_page(request, id, form=form)
        await release_texts.keep_texts(tools_of(request), actor_of(request), id, form.wish())
    except NotFound:
        raise
    except Refusal as refusal:
        return await _texts_page(request, id, await refused_form(request, refusal))
    return then(f"/visits/{id}/release-texts", "texts_kept")


async def _texts_page(
    request: WebRequest,
    visit: str,
    refused: RefusedForm | None = None,
    form: TextsForm | None = None,
) -> Response[str]:
    found = await release_texts.release_texts(actor_of(request), visit)
    sent = refused.fields if refused else {}
    items = form.item if form else tuple(sent.get("item", ()))
    problems = form.problem if form else tuple(sent.get("problem", ()))
    photos = form.photo if form else tuple(sent.get("photo", ()))
    said = dict(zip(items, problems, strict=False))
    content = {
        "texts": found,
        "typed": {
            choice.item: _typed(choice, said, photos, form.use if form else "")
            for choice in found.items
        },
        "taken": form.use if form else "",
        "theirs": _theirs(found, said) if refused else {},
        "most": LONGEST,
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    path = f"/visits/{found.visit}/release-texts"
    return page(request, "release-texts.html", content, status=status, path=path)


def _typed(choice: TextChoice, said: dict[str, str], photos: tuple[str, ...], taken: str) -> Typed:
    chosen = frozenset(photo.sha256 for photo in choice.photos if photo.chosen)
    if choice.item not in said:
        return Typed(problem=choice.problem, photos=chosen)
    words = choice.note if taken == choice.item else said[choice.item]
    return Typed(problem=words, photos=frozenset(_photos(photos, choice.item)))


def _theirs(found: ReleaseTexts, said: dict[str, str]) -> dict[str, str]:
    """What is kept about an item where it differs from what was typed."""
    return {
        choice.item: choice.problem
        for choice in found.items
        if said.get(choice.item, choice.problem) != choice.problem
    }


def _photos(sent: tuple[str, ...], item: str) -> tuple[str, ...]:
    pairs = (photo.partition(" ") for photo in sent)
    return tuple(sha256 for code, _, sha256 in pairs if code == item)


ROUTES = [show_texts, keep_texts]
