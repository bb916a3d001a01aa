"""A password or code that comes along with a form: taken before the form is, never kept."""

from inspection.domain.refusals import CodeRefused, PasswordWrong, SignInTooOften
from inspection.domain.refusals.accounts import ProofNeeded
from inspection.services.people import proofs
from inspection.services.people.second_step import is_on
from inspection.web.forms import PROOF_FIELD, form_fields, is_form
from inspection.web.session import Caller, WebRequest, note_proved, session_of, tools_of


async def take_proof(request: WebRequest, caller: Caller) -> None:
    """Have it count for the caller's session. Raises ProofNeeded, which says why, for a wrong one;
    a form without one asks for nothing.
    """
    if request.method != "POST" or not is_form(request):
        return
    given = dict(await form_fields(request)).get(PROOF_FIELD, "")
    if not given:
        return
    tools = tools_of(request)
    try:
        await proofs.prove(tools, caller.actor, session_of(request), given)
    except (PasswordWrong, CodeRefused, SignInTooOften) as refused:
        raise ProofNeeded(by_code=await is_on(caller.actor), refused=refused) from None
    note_proved(request, tools.now())
