"""Where what a message is about is shown: on a page, or in the app of the stores."""

import msgspec

from inspection.domain.access import Role

PATHS = {
    "notice": "/notices/{id}",
    "line": "/rectifications/{id}",
    "result": "/notices",
    "visit": "/visits/{id}",
    "appeal": "/appeals/{id}",
    "round": "/rounds/{id}",
    "rubric_draft": "/rubric-drafts/{id}",
    "bulletin": "/bulletins/{id}",
    "scheduled_export": "/scheduled-exports",
    "account": "/me",
    "person": "/people/{id}",
    "delivery": "/me/notifications",
}
"""Where the thing a message is about is shown."""


class LinePlace(msgspec.Struct, frozen=True):
    """Which line of which notice a message about a line means."""

    notice: str
    number: int


def path_to(noun: str, noun_id: str, role: Role, line: LinePlace | None = None) -> str:
    """The address of the thing for somebody of that role; the inbox for what has none."""
    if role is Role.INSPECTOR and noun != "appeal":
        return "/app/"
    if noun == "delivery" and role is Role.ADMINISTRATOR:
        return "/deliveries?state=failed"
    if role is Role.STORE_STAFF and line:
        return f"/notices/{line.notice}/lines/{line.number}"
    return PATHS.get(noun, "/inbox").format(id=noun_id)


IN_THE_APP = {
    "notice": "/app/#/notices/{id}/notice",
    "appeal": "/app/#/appeals/{id}/appeal",
}
"""The screens of the stores' app; everything else is in its inbox."""


def tapped(noun: str, noun_id: str, role: Role, line: LinePlace | None = None) -> str:
    """Where a tap on a notification leads: store staff have an app for it on their phones."""
    if role is not Role.STORE_STAFF:
        return path_to(noun, noun_id, role)
    if line:
        return f"/app/#/notices/{line.notice}/line/{line.number}"
    return IN_THE_APP.get(noun, "/app/#/inbox").format(id=noun_id)
