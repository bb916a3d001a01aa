"""Telling people: addresses that are none, and what somebody else did first."""

from inspection.domain.refusals.refusal import Refusal, Why


class MailRefused(Refusal):
    """Not an address mail goes to."""

    code = "mail.refused"
    why = Why.INVALID


class MailUnavailable(Refusal):
    """No mail server is set up here."""

    code = "mail.unavailable"


class MailLinkOver(Refusal):
    """The link to confirm an address was used, is too old, or another was sent since."""

    code = "mail.link_over"


class BotAddressRefused(Refusal):
    """No maker known here gives such an address, or such a secret."""

    code = "bot.address_refused"
    why = Why.INVALID


class WebhookUrlRefused(Refusal):
    """Not the address of a system that may be told."""

    code = "webhook.url_refused"
    why = Why.INVALID


class ChannelChanged(Refusal):
    """Somebody else changed it after the page was shown: what it was and what it is."""

    code = "channel.changed"


class ChoiceRefused(Refusal):
    """Quiet hours that are none."""

    code = "choice.refused"
    why = Why.INVALID


class UrgedToday(Refusal):
    """Urged or escalated once a day is enough."""

    code = "notice.urged_today"


class NothingToUrge(Refusal):
    """No line of the notice is open, or none is late enough."""

    code = "notice.nothing_to_urge"
