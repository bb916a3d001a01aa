"""Refusals of requests, whatever they are about."""

from inspection.domain.refusals.refusal import Refusal, Why


class NotFound(Refusal):
    """No such thing, or none the caller may know of. `noun` names it."""

    code = "missing"
    why = Why.MISSING


class ForgeryRefused(Refusal):
    """A state-changing request without this session's token, or from another site."""

    code = "request.forged"
    why = Why.FORBIDDEN


class BodyRefused(Refusal):
    """The body does not have the documented form; `faults` say where."""

    code = "request.invalid"
    why = Why.INVALID


class CursorRefused(Refusal):
    """The address of a page of a list is damaged."""

    code = "request.cursor_refused"
    why = Why.INVALID


class TooManyRows(Refusal):
    """A file of `rows` rows is wanted as a workbook, whose sheets hold `most`."""

    code = "request.too_many_rows"
    why = Why.INVALID


class ValueUnstorable(Refusal):
    """A value no column can hold got as far as the database, which did nothing with it."""

    code = "request.unstorable"
    why = Why.INVALID


class BodyTooLarge(Refusal):
    """The body is larger than `limit` bytes."""

    code = "request.too_large"
    why = Why.TOO_LARGE


class BodyTooSlow(Refusal):
    """The body did not arrive within the time a request has."""

    code = "request.too_slow"
    why = Why.TOO_SLOW


class RequestCutOff(Refusal):
    """The connection ended before the body was whole; nothing was done."""

    code = "request.cut_off"
    why = Why.INVALID


class RequestMalformed(Refusal):
    """The request line or its headers cannot be read."""

    code = "request.malformed"
    why = Why.INVALID


class MediaTypeRefused(Refusal):
    """The body is not of the type the route reads: `wanted`."""

    code = "request.media_type"
    why = Why.MEDIA_TYPE


class MethodRefused(Refusal):
    """The address exists but does not do this."""

    code = "request.method"
    why = Why.METHOD


class StoreBusy(Refusal):
    """The database cannot take the write now; trying again later is safe."""

    code = "store.busy"
    why = Why.BUSY


class MoveRefused(Refusal):
    """The thing is not in a state that allows the move: `noun`, `state`, `move`."""

    code = "state.move_refused"


class HashMismatch(Refusal):
    """The bytes received are not the bytes announced; send them again."""

    code = "content.hash_mismatch"
    why = Why.INVALID


class DiskFull(Refusal):
    """There is no room to keep what was sent; nothing was accepted."""

    code = "store.disk_full"
    why = Why.BUSY


class TextUnprintable(Refusal):
    """A text holds characters that cannot be stored or printed: `characters`."""

    code = "text.unprintable"
    why = Why.INVALID
