"""The form that corrects an item: one set of fields for every kind of rule, read as an answer."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from inspection.domain.reviews.correction import ItemCorrection
from inspection.domain.reviews.review_mark import Mark
from inspection.domain.rubrics.rubric import Item, Meas, Occ, Sum, Tier
from inspection.domain.scoring.answers import Answer
from inspection.domain.visits.visit import MOST_ATTEMPTS
from inspection.services.reviews.review_item_results import ItemCase
from inspection.web.file_names import small_number
from inspection.web.pages.refused_forms import RefusedForm

Outcome = Literal["scored", "na", "not_observed"]
Attempt = Annotated[int, Meta(ge=1, le=MOST_ATTEMPTS)]
Seen = Annotated[int, Meta(ge=0, le=1_000_000)]

_UNSAID = "…"


class MarkForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mark as the page sends it."""

    attempt: Attempt
    seen: Seen
    mark: Mark
    question: str = ""

    def case(self, visit: str, item: str) -> ItemCase:
        """What it is about."""
        return ItemCase(visit=visit, attempt=self.attempt, item=item, seen=self.seen)


class CorrectionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A correction as the page sends it: the fields of every kind of rule, one of which counts.
    `step` is whether to show what it would do, or to do it.
    """

    attempt: Attempt
    seen: Seen
    step: Literal["preview", "save"]
    outcome: Outcome = "scored"
    option: str = ""
    count: str = ""
    ticks: tuple[str, ...] = ()
    measured: str = ""
    veto: Literal["", "yes"] = ""
    spot: Literal["", "yes"] = ""
    note: str = ""
    reason: str = ""

    def case(self, visit: str, item: str) -> ItemCase:
        """What it is about."""
        return ItemCase(visit=visit, attempt=self.attempt, item=item, seen=self.seen)

    def edit(self, item: Item) -> ItemCorrection:
        """The answer it stands for. What is only looked at needs no reason yet."""
        unsaid = self.step == "preview" and not self.reason.strip()
        return ItemCorrection(answer=self._answer(item), reason=_UNSAID if unsaid else self.reason)

    def _answer(self, item: Item) -> Answer:
        if self.outcome != "scored":
            return Answer(item=item.code, verdict=self.outcome, note=self.note)
        if isinstance(item.rule, Meas):
            measured = self.measured.strip()
            return Answer(item=item.code, verdict="pass", measured=measured, note=self.note)
        found = self._found(item)
        if not found:
            return Answer(item=item.code, verdict="pass", note=self.note)
        answer = Answer(
            item=item.code, verdict="loss", note=self.note, corrected_on_spot=self.spot == "yes"
        )
        return msgspec.structs.replace(answer, **found)

    def _found(self, item: Item) -> dict[str, object]:
        """What of the rule was found; nothing where nothing is wrong."""
        match item.rule:
            case Tier() if self.option:
                return {"option": self.option}
            case Sum() if self.ticks:
                return {"ticks": self.ticks}
            case Occ() if self._count() or self.veto:
                return {"count": self._count(), "veto": self.veto == "yes"}
            case _:
                return {}

    def _count(self) -> int:
        """How often; what is no number is too often to be let through."""
        text = self.count.strip()
        if not text:
            return 0
        count = small_number(text)
        return -1 if count is None else count


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in the fields: what is known of the item, or what was typed."""

    outcome: str
    option: str
    count: str
    ticks: tuple[str, ...]
    measured: str
    veto: bool
    spot: bool
    note: str
    reason: str


def typed(answer: Answer, refused: RefusedForm | None, form: CorrectionForm | None) -> Typed:
    """What the form shows: what was sent with it, or else the answer as it is."""
    if form is not None:
        return _sent(form)
    if refused is not None and "outcome" in refused.fields:
        return _refused(refused)
    return Typed(
        outcome=answer.verdict if answer.verdict in {"na", "not_observed"} else "scored",
        option=answer.option or "",
        count="" if answer.count is None else str(answer.count),
        ticks=answer.ticks,
        measured=answer.measured or "",
        veto=answer.veto,
        spot=answer.corrected_on_spot,
        note=answer.note,
        reason="",
    )


def _sent(form: CorrectionForm) -> Typed:
    return Typed(
        outcome=form.outcome,
        option=form.option,
        count=form.count,
        ticks=form.ticks,
        measured=form.measured,
        veto=form.veto == "yes",
        spot=form.spot == "yes",
        note=form.note,
        reason=form.reason,
    )


def _refused(refused: RefusedForm) -> Typed:
    return Typed(
        outcome=refused.typed("outcome"),
        option=refused.typed("option"),
        count=refused.typed("count"),
        ticks=tuple(refused.fields.get("ticks", ())),
        measured=refused.typed("measured"),
        veto=refused.typed("veto") == "yes",
        spot=refused.typed("spot") == "yes",
        note=refused.typed("note"),
        reason=refused.typed("reason"),
    )
