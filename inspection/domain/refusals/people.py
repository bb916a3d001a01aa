"""Refusals about who is asking."""

from inspection.domain.refusals.refusal import Refusal, Why


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session ended."""

    code = "session.missing"
    why = Why.UNKNOWN_CALLER


class SessionRevoked(NotSignedIn):
    """The account is disabled or its phone was reported lost: what the device holds must go."""

    code = "session.revoked"


class SignInRefused(Refusal):
    """Unknown sign-in name or wrong password; which of the two is not said."""

    code = "session.refused"
    why = Why.UNKNOWN_CALLER


class SignInTooOften(Refusal):
    """Too many attempts; `seconds` says how long to wait."""

    code = "session.too_many"
    why = Why.TOO_MANY


class AccountExists(Refusal):
    """Somebody signs in with this name already: `sign_in`."""

    code = "account.exists"


class AccountIncomplete(Refusal):
    """The role needs a place the account was not given: `role`, `place`."""

    code = "account.place_missing"
    why = Why.INVALID


class PasswordRefused(Refusal):
    """The password is shorter than `least` or longer than `most` characters."""

    code = "account.password_refused"
    why = Why.INVALID


class PasswordsDiffer(Refusal):
    """The password was typed twice and not the same."""

    code = "account.passwords_differ"
    why = Why.INVALID


class NotAllowed(Refusal):
    """The caller's role does not include the action."""

    code = "access.forbidden"
    why = Why.FORBIDDEN
