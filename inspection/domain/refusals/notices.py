"""Refusals about signing, ending and delivering notices."""

from inspection.domain.refusals.refusal import Refusal, Why
from inspection.domain.refusals.requests import NotFound


class NoticeReasonMissing(Refusal):
    """A notice is not sent back, voided or recorded as refused without a written reason."""

    code = "notice.reason_missing"
    why = Why.INVALID


class NoticeSignOwn(Refusal):
    """Whoever wrote a notice does not sign it."""

    code = "notice.sign_own"
    why = Why.FORBIDDEN


class IssuerChanged(Refusal):
    """Somebody changed the issuer after the page was opened; nothing was kept."""

    code = "issuer.changed"


class SealRefused(Refusal):
    """The image cannot be a seal: no PNG, too large, or too many pixels."""

    code = "issuer.seal_refused"
    why = Why.INVALID


class LinkReadTooOften(Refusal):
    """Too many looks from one address; `seconds` says how long to wait."""

    code = "notice_link.too_often"
    why = Why.TOO_MANY


class MailRefused(Refusal):
    """What was typed is no address a mail can be sent to."""

    code = "notice_link.mail_refused"
    why = Why.INVALID


class LinkGone(NotFound):
    """A link to a notice that is unknown, over or taken back: which of them is not told."""

    code = "notice_link.gone"
