"""The forms of an issue: beginning one, and a draft as it is typed, refused and shown again."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from inspection.domain.bulletins.bulletin import MOST_TEXT, BulletinKind
from inspection.domain.bulletins.bulletin_sections import (
    BulletinSection,
    Choices,
    Step,
    choices_in,
    chosen,
    moved,
)
from inspection.domain.refusals.bulletins import BulletinPeriodRefused
from inspection.services.bulletins.bulletin_drafting import Wanted, Written
from inspection.services.bulletins.bulletins import BulletinDetail
from inspection.web.pages.refused_forms import RefusedForm

FIELDS = ("preface", "closing")

_MOVE = f"^(?:(?:up|down):(?:{'|'.join(BulletinSection)}))?$"


class StartForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An issue to begin. A day that is not typed is today."""

    kind: BulletinKind
    day: Annotated[str, Meta(max_length=10)] = ""
    round: Annotated[str, Meta(max_length=80)] = ""

    def wanted(self) -> Wanted:
        """The same as the service takes it. Raises BulletinPeriodRefused for what is no day."""
        try:
            day = date.fromisoformat(self.day) if self.day else None
        except ValueError:
            raise BulletinPeriodRefused from None
        return Wanted(kind=self.kind, day=day, round=self.round)


class DraftForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A draft as the page sends it, with the revision it showed."""

    seen: int
    preface: str = ""
    closing: str = ""
    hide_worst: Annotated[str, Meta(max_length=3)] = ""
    solved_case: Annotated[str, Meta(max_length=36)] = ""
    benchmark: Annotated[str, Meta(max_length=200)] | None = None
    order: tuple[BulletinSection, ...] = ()
    told: tuple[BulletinSection, ...] = ()
    move: Annotated[str, Meta(pattern=_MOVE)] = ""

    @property
    def spot(self) -> str:
        """Where the page is looked at next: the section that was moved."""
        return f"section-{self.move.partition(':')[2]}" if self.move else ""

    def sections(self) -> Choices | None:
        """The order with the one move that was asked for; None where the form had none."""
        if not self.order:
            return None
        choices = chosen(self.order, self.told)
        step, _, section = self.move.partition(":")
        if not step:
            return choices
        return moved(choices, BulletinSection(section), Step(step))

    def written(self) -> Written:
        """The same as the service takes it."""
        return Written(
            preface=self.preface,
            closing=self.closing,
            hide_worst=self.hide_worst == "yes",
            solved_case=self.solved_case,
            sections=self.sections(),
            benchmark=self.benchmark,
        )


class DiscardForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Discarding a draft, with the revision somebody has seen."""

    seen: int
    confirm: Literal["yes"]


class PublishForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Publishing, with the revision somebody has read."""

    seen: int
    confirm: Literal["yes"]


def shown_form(
    found: BulletinDetail, refused: RefusedForm | None, *, overtaken: bool
) -> dict[str, Any]:
    """What the form of a draft shows: what is kept, or what was typed and refused."""
    now = {field: str(getattr(found.row, field)) for field in FIELDS}
    sent = refused.fields if refused else {}
    # Publishing sends no texts: then what is kept is what is shown.
    typed = {f: refused.typed(f, now[f]) if refused and f in sent else now[f] for f in FIELDS}
    return {
        "form": typed,
        "hide_worst": "hide_worst" in sent if "preface" in sent else found.row.hide_worst,
        "chosen": (sent.get("solved_case") or [found.row.solved_case])[0],
        "benchmark": (sent.get("benchmark") or [found.row.benchmark])[0],
        "choices": _choices(found, sent),
        "theirs": {f: now[f] for f in FIELDS if overtaken and now[f] != typed[f]},
        "most": MOST_TEXT,
    }


def _choices(found: BulletinDetail, sent: Mapping[str, list[str]]) -> Choices:
    known = set(BulletinSection)
    order = [BulletinSection(each) for each in sent.get("order", []) if each in known]
    told = [BulletinSection(each) for each in sent.get("told", []) if each in known]
    return chosen(order, told) if order else choices_in(found.row.sections)
