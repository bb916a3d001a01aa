"""A form that was refused is shown again: with the reason, and with what was typed."""

from collections.abc import Sequence

import msgspec

from inspection.domain.refusals import Refusal
from inspection.domain.refusals.accounts import ProofNeeded
from inspection.web.forms import form_fields, is_form
from inspection.web.problems import Problem, problem_of
from inspection.web.session import WebRequest


class RefusedForm(msgspec.Struct, frozen=True):
    """Why not, and every field as it was sent."""

    problem: Problem
    fields: dict[str, list[str]]

    def typed(self, name: str, otherwise: str = "") -> str:
        """What was typed in a field that appears once."""
        return next(iter(self.fields.get(name, ())), otherwise)

    def column(self, name: str, otherwise: Sequence[str]) -> list[str]:
        """What was typed in a field of every line, when there is one for each line."""
        sent = self.fields.get(name, [])
        return sent if len(sent) == len(otherwise) else list(otherwise)


async def refused_form(request: WebRequest, refusal: Refusal) -> RefusedForm:
    """The refusal beside the fields; a body that is no form has none. Where only proof is missing
    nothing is refused yet: its own page goes on with the form.
    """
    if isinstance(refusal, ProofNeeded):
        raise refusal
    return RefusedForm(problem_of(request, refusal), await _fields(request))


def first_typed(refused: RefusedForm | None) -> dict[str, str]:
    """What was typed in each field that appears once; nothing where nothing was refused."""
    return {name: sent[0] for name, sent in refused.fields.items()} if refused else {}


async def _fields(request: WebRequest) -> dict[str, list[str]]:
    if not is_form(request):
        return {}
    try:
        pairs = await form_fields(request)
    except Refusal:
        return {}
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found
