"""Refusals about keeping accounts: invitations, pseudonyms, passwords, second steps."""

from inspection.domain.refusals.refusal import Refusal, Why


class AccountChanged(Refusal):
    """Somebody changed the person after the page was opened; nothing was kept."""

    code = "account.changed"


class AccountOwn(Refusal):
    """Administrators neither change their own role and region nor shut themselves out."""

    code = "account.own"


class AccountDisabled(Refusal):
    """The account is disabled, so nobody can be invited to it."""

    code = "account.disabled"


class LastAdministrator(Refusal):
    """Without this person nobody could administer the whole organisation."""

    code = "account.last_administrator"


class PseudonymTaken(Refusal):
    """Somebody has or had this pseudonym: `pseudonym`."""

    code = "account.pseudonym_taken"


class PseudonymRefused(Refusal):
    """A pseudonym is letters, digits and hyphens, `most` at most."""

    code = "account.pseudonym_refused"
    why = Why.INVALID


class PasswordWrong(Refusal):
    """The password given to confirm a change is not the caller's."""

    code = "account.password_wrong"
    why = Why.INVALID


class InvitationUsed(Refusal):
    """The invitation was taken up before."""

    code = "invitation.used"


class InvitationExpired(Refusal):
    """The invitation was not taken up in time."""

    code = "invitation.expired"


class InvitationRevoked(Refusal):
    """Another invitation took its place, or the account was disabled."""

    code = "invitation.revoked"


class CodeNeeded(Refusal):
    """The password was right and a one-time code is awaited. `step` is for who asked alone: it is
    kept out of `facts`, which are said aloud.
    """

    code = "session.code_needed"
    why = Why.UNKNOWN_CALLER

    def __init__(self, step: str) -> None:
        super().__init__()
        self.step = step


class ProofNeeded(Refusal):
    """What was asked needs the caller's password, or their code where `by_code`, given just now.
    `refused` is why the one that was given did not do.
    """

    code = "session.proof_needed"
    why = Why.FORBIDDEN

    def __init__(self, *, by_code: bool, refused: Refusal | None = None) -> None:
        super().__init__()
        self.by_code = by_code
        self.refused = refused


class CodeRefused(Refusal):
    """The one-time code is wrong, too old, or was used before."""

    code = "session.code_refused"
    why = Why.INVALID


class SignInStepEnded(Refusal):
    """The code came too late, or the account changed meanwhile: begin anew with the password."""

    code = "session.step_ended"
    why = Why.UNKNOWN_CALLER


class SecondStepMissing(Refusal):
    """The caller's role needs a second step and has none yet."""

    code = "second_step.missing"
    why = Why.FORBIDDEN


class SecondStepOn(Refusal):
    """The second step is on already."""

    code = "second_step.on_already"


class SecondStepOff(Refusal):
    """The second step is not on, or was not begun."""

    code = "second_step.off_already"


class SecondStepCompulsory(Refusal):
    """The caller's role needs a second step, so it cannot be switched off."""

    code = "second_step.compulsory"
