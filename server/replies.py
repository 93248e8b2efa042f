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


def problem(error: Exception) -> web.Response:
    """The answer over HTTP: `application/problem+json` with the same members and `status`."""
    known = foreseen(error)
    status, body = failure(known)
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


def foreseen(error: Exception) -> CallboardError:
    """The error as one of our own tree; `Internal` with a reference, and a line in the log, where nobody foresaw it."""
    if isinstance(error, CallboardError):
        return error
    if isinstance(error, StoreError):
        log.warning("the database did not answer: %s", error)
        return Unavailable(NOT_NOW)
    if isinstance(error, web.HTTPException):
        return _of_aiohttp(error)
    ref = secrets.token_hex(6)
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
