"""The kinds of field that records are made of: text, names, money, colours, with what is allowed in them (DOMAIN.md).

Everything a person types is made canonical here, at the edge, so that SQLite and PostgreSQL hold the same and two people
who typed the same see the same. Resource files use the words at the end of this module.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

# Bidirectional overrides and isolates can make one text look like another.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LINE_BREAKS = re.compile("[\n\t]")
MOST_MARKS = 30


def _clean(value: Any, *, lines: bool) -> Any:
    """Trimmed NFC text; refuses control characters, overrides and lone surrogates."""
    if not isinstance(value, str):
        return value
    if value.isascii() and value.isprintable():
        return value.strip()
    text = value.strip(" \t\r\n")
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else text
    if _FORBIDDEN.search(text) or (not lines and _LINE_BREAKS.search(text)) or is_heaped(text):
        raise ValueError("holds characters that cannot be shown")
    return unicodedata.normalize("NFC", text).strip()


def is_heaped(text: str) -> bool:
    """Whether more marks stand on one letter than in any script (UAX #15 allows 30). To normalize brings them into order,
    which takes time to the square: a quarter of a MiB of them once held up everybody for a minute."""
    if not any(map(_is_mark, text[MOST_MARKS :: MOST_MARKS + 1])):  # one of them would stand on one of these places
        return False
    marks = 0
    for letter in text:
        marks = marks + 1 if _is_mark(letter) else 0
        if marks > MOST_MARKS:
            return True
    return False


@lru_cache(maxsize=4096)
def _is_mark(letter: str) -> bool:
    """A combining character, or one that becomes nothing but such."""
    return all(map(unicodedata.combining, unicodedata.normalize("NFKD", letter)))


def one_line(value: Any) -> Any:
    """A text without line breaks."""
    return _clean(value, lines=False)


def many_lines(value: Any) -> Any:
    """A text that may run over several lines; CRLF becomes LF."""
    return _clean(value, lines=True)


def _or_null(value: Any) -> Any:
    """Empty optional text is no text."""
    return None if value == "" else value


def _canonical_uuid(value: str) -> str:
    if not _UUID.fullmatch(value):
        raise ValueError("must be a UUID in canonical lower-case text")
    return value


def _plausible_email(value: str) -> str:
    name, at, host = value.rpartition("@")
    if (
        not (name and at and host)
        or re.search(r"[\s,;<>\"()]", value)
        or ".." in host
        or host[0] in ".-"
        or host[-1] in ".-"
    ):
        raise ValueError("must be an e-mail address")
    return value


def _distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


Id = Annotated[str, AfterValidator(_canonical_uuid)]
Name = Annotated[str, BeforeValidator(one_line), StringConstraints(strict=True, min_length=1, max_length=200)]
Phone = Annotated[str, BeforeValidator(one_line), StringConstraints(strict=True, min_length=1, max_length=40)]
Code = Annotated[str, BeforeValidator(one_line), StringConstraints(strict=True, min_length=1, max_length=100)]
FreeText = Annotated[str, BeforeValidator(many_lines), StringConstraints(strict=True, min_length=1, max_length=4000)]
Email = Annotated[
    str,
    BeforeValidator(one_line),
    StringConstraints(strict=True, min_length=3, max_length=200),
    AfterValidator(_plausible_email),
]
Words = Annotated[list[Code], Field(max_length=50), AfterValidator(_distinct)]
COLOUR, CURRENCY = r"^#[0-9a-f]{6}$", r"^[A-Z]{3}$"
Colour = Annotated[str, StringConstraints(strict=True, pattern=COLOUR)]
Currency = Annotated[str, StringConstraints(strict=True, pattern=CURRENCY)]
FORMS = {COLOUR: "a colour such as #868e96", CURRENCY: "a currency such as EUR"}
Count = Annotated[int, Field(strict=True, ge=0, lt=2**53)]
Whole = Annotated[int, Field(strict=True, gt=-(2**53), lt=2**53)]
Flag = Annotated[bool, Field(strict=True)]

OptionalName = Annotated[Name | None, BeforeValidator(_or_null), BeforeValidator(one_line)]
OptionalPhone = Annotated[Phone | None, BeforeValidator(_or_null), BeforeValidator(one_line)]
OptionalCode = Annotated[Code | None, BeforeValidator(_or_null), BeforeValidator(one_line)]
OptionalText = Annotated[FreeText | None, BeforeValidator(_or_null), BeforeValidator(many_lines)]
OptionalEmail = Annotated[Email | None, BeforeValidator(_or_null), BeforeValidator(one_line)]


def _moment(value: Any) -> Any:
    """RFC 3339 text with an offset, to the millisecond in UTC; numbers and naive times are refused."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError("must be a time such as 2026-11-20T04:39:00.000Z") from None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise ValueError("must be a time with an offset, such as 2026-11-20T04:39:00.000Z")
    try:
        value = value.astimezone(UTC)
    except OverflowError:
        raise ValueError("must lie between the years 1 and 9999") from None
    return value.replace(microsecond=value.microsecond // 1000 * 1000)


def _day(value: Any) -> Any:
    """YYYY-MM-DD."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError("must be a day such as 2026-11-20")


Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]


def counted(number: int, noun: str) -> str:
    """`1 open call`, `2 open calls`: for sentences."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
