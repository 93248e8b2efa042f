"""The one place that turns any exception into an answer, for all doors (DESIGN E, PROTOCOL section 2).

What is foreseen is answered as its class says and leaves no trace in the log; anything else is `internal`, logged once
with its traceback under a reference that the answer names.
"""

import logging
import secrets
from typing import Any

from aiohttp import web

from events.errors import CallboardError, Internal, Invalid, NotFound, RateLimited, TooLarge, Unavailable, Unknown
from stores.errors import StoreError
from stores.record import encode

log = logging.getLogger("callboard.replies")

NOT_NOW = "The server cannot do this right now. Please try again."


class NotJson(Invalid):
    """A body that is not said to be JSON."""

    status = 415


class Gone(Unavailable):
    """The client, before he was answered: nobody reads this."""

    status = 499


class TooSlow(Unavailable):
    """A body that does not come to its end."""

    status = 408


class WrongMethod(Unknown):
    """The address exists, but not for this method."""

    status = 405


def failure(error: Exception) -> tuple[int, dict[str, Any]]:
    """(HTTP status, `{"ok": false, "error": {"code", "message", "retry", …}}`) for any exception."""
    known = foreseen(error)
    said = {"code": known.code, "message": known.message, "retry": known.retry, **known.details()}
    return known.status, {"ok": False, "error": said}


def socket_failure(error: Exception) -> bytes:
    """The ack of a command that failed, as JSON."""
    return encode(failure(error)[1])


def problem(error: Exception, ref: str | None = None) -> web.Response:
    """The answer over HTTP: `application/problem+json` with the same members and `status`. `ref` is the request's id, told
    in the body where the fault is ours."""
    known = foreseen(error, ref)
    status, body = failure(known)
    if ref is not None and status >= 500:
        body["error"]["ref"] = ref
    response = web.Response(
        status=status, body=encode({**body, "status": status}), content_type="application/problem+json"
    )
    if isinstance(known, RateLimited):
        response.headers["Retry-After"] = str(known.retry_after)
    elif isinstance(known, Unavailable):
        response.headers["Retry-After"] = "1"
    if isinstance(error, web.HTTPMethodNotAllowed):
        response.headers["Allow"] = error.headers["Allow"]
    return response


def foreseen(error: Exception, ref: str | None = None) -> CallboardError:
    """The error as one of our own tree. What is our own fault has a line in the log under a reference, `ref` or a new one,
    that the answer names: `Unavailable` where it was the database, `Internal` where nobody foresaw it."""
    if isinstance(error, CallboardError):
        return error
    if isinstance(error, web.HTTPException):
        return _of_aiohttp(error)
    ref = ref or secrets.token_hex(8)
    if isinstance(error, StoreError):
        log.warning("the database did not answer, reference %s: %s", ref, error)
        return Unavailable(NOT_NOW, ref)
    log.error("unforeseen, reference %s", ref, exc_info=error)
    return Internal(ref)


def _of_aiohttp(error: web.HTTPException) -> CallboardError:
    """What aiohttp refuses by itself: an address that is none, a method, a body over the limit."""
    if isinstance(error, web.HTTPRequestEntityTooLarge):
        return TooLarge("This is too much at once: at most 256 KiB.")
    if isinstance(error, web.HTTPMethodNotAllowed):
        return WrongMethod("This address does not take this method.")
    if isinstance(error, web.HTTPNotFound):
        return NotFound("There is nothing at this address.")
    return Invalid(error.reason)
