"""The forms of planning as pages send them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from inspection.domain.refusals import BodyRefused, Fault
from inspection.domain.rounds.plan_choice import PlanChoice
from inspection.domain.rounds.planning import PlanRules
from inspection.services.rounds.plan_changes import VisitWish
from inspection.services.rounds.round_planning import PlanWish
from inspection.web.pages.refused_forms import RefusedForm

Tick = Literal["", "on"]
SWITCHES = ("rotate", "avoid_home", "vary_weekday")
NUMBERS = (
    "visits",
    "per_round",
    "per_day",
    "lockout_days",
    "former_days",
    "per_store_day",
    "balance_km",
    "seed",
)


class PlanForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which part of a round is to be planned, and by which rules."""

    seen: int
    visits: int
    per_round: int
    per_day: int
    lockout_days: int
    former_days: int
    per_store_day: int
    balance_km: int
    seed: int
    region: Annotated[str, Meta(max_length=80)] = ""
    kinds: tuple[str, ...] = ()
    inspectors: tuple[str, ...] = ()
    rotate: Tick = ""
    avoid_home: Tick = ""
    vary_weekday: Tick = ""
    keep: Tick = ""

    def wish(self) -> PlanWish:
        """The same as the service is asked."""
        numbers = {name: getattr(self, name) for name in NUMBERS}
        switches = {name: getattr(self, name) == "on" for name in SWITCHES}
        return PlanWish(
            region_path=self.region,
            choice=PlanChoice(
                kinds=self.kinds,
                inspectors=self.inspectors,
                rules=PlanRules(**numbers, **switches),
            ),
            keep=self.keep == "on",
            seen=self.seen,
        )


class SettleForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole proposal, as the page showed it."""

    proposal: Annotated[str, Meta(max_length=36)]
    seen: int


class VisitForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who goes to a store, and when. `inspector` empty takes it from everybody."""

    seen: Annotated[str, Meta(max_length=80)]
    inspector: Annotated[str, Meta(max_length=36)] = ""
    day: Annotated[str, Meta(max_length=10)] = ""

    def wish(self) -> VisitWish:
        """The same as the service is asked. Raises BodyRefused for a day that is none."""
        try:
            day = date.fromisoformat(self.day) if self.day else None
        except ValueError:
            raise BodyRefused(faults=(Fault("/day", "plan.day_missing"),)) from None
        return VisitWish(inspector=self.inspector, day=day, seen=self.seen)


def shown_choice(choice: PlanChoice, form: RefusedForm | None) -> Mapping[str, object]:
    """What the form's fields hold: the choice, or what was typed and refused."""
    rules = choice.rules
    numbers = {name: str(getattr(rules, name)) for name in NUMBERS}
    if form is None:
        return {
            **numbers,
            **{name: getattr(rules, name) for name in SWITCHES},
            "kinds": choice.kinds,
            "inspectors": choice.inspectors,
            "keep": True,
        }
    return {
        **{name: form.typed(name, number) for name, number in numbers.items()},
        **{name: form.typed(name) == "on" for name in (*SWITCHES, "keep")},
        "kinds": tuple(form.fields.get("kinds", ())),
        "inspectors": tuple(form.fields.get("inspectors", ())),
    }
