"""The log: one line an event on standard error, as text for people or JSON for machines (PROTOCOL section 7).

Everything logs through the standard library; here is only how a line looks and from which level on it is written.
"""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor

from server.requestid import FIELD, PRESENT
from server.settings import Settings

# Libraries that tell more than anybody wants below this level, some of it what clients said.
QUIET = ("aiohttp.access", "alembic", "asyncio", "engineio", "socketio", "sqlalchemy")


def configure(settings: Settings) -> None:
    """Set up the log of this process."""
    shared: list[Processor] = [
        _name_request,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ending(settings)],
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _name_request(_: object, __: str, line: EventDict) -> EventDict:
    request_id = PRESENT.get(None)
    if request_id is not None:
        line[FIELD] = request_id
    return line


def _ending(settings: Settings) -> list[Processor]:
    """Tracebacks are plain: the pretty ones show the values of variables, hidden fields among them (R5)."""
    if settings.log_format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # Without colours: hosts keep the log as text.
    return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
