"""Refusals about tokens other programs read with."""

from inspection.domain.refusals.refusal import Refusal, Why


class TokenRefused(Refusal):
    """No such token, or it has ended, or its owner has."""

    code = "token.refused"
    why = Why.UNKNOWN_CALLER


class TokenForbidden(Refusal):
    """A token reads what it was made for and nothing else."""

    code = "token.forbidden"
    why = Why.FORBIDDEN


class TokenTooOften(Refusal):
    """Asked too often; `seconds` says how long to wait."""

    code = "token.too_often"
    why = Why.TOO_MANY


class TokenUnfit(Refusal):
    """A token has a name and reads something its owner may read, for one of the times there are to
    choose.
    """

    code = "token.unfit"
    why = Why.INVALID


class TokensTooMany(Refusal):
    """Somebody has `most` tokens already."""

    code = "token.too_many"
