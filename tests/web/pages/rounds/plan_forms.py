"""The forms of a plan."""

from tests.cast import CLUB, ROUND
from tests.planned import row_of

PATH = f"/rounds/{ROUND}/plan"


async def sent(visitor, form, **changed):
    """Send a form of the page, some fields changed; None leaves a field out."""
    data: dict[str, list[str]] = {}
    for name, value in form.fields:
        data.setdefault(name, []).append(value)
    data |= {name: value for name, value in changed.items() if value is not None}
    for name, value in changed.items():
        if value is None:
            data.pop(name, None)
    return await visitor.http.post(form.action, data=data)


async def row_path(proposal, store=CLUB):
    return f"{PATH}/visits/{(await row_of(proposal, store))['id']}"
