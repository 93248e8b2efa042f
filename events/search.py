"""Search: words in any field shown, digits in any grouping, case and accents folded (PROTOCOL section 2).

Each record's text is folded once per version and kept; the lane asks here, so what is found is what is durable.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from events.errors import Invalid
from events.query import scalar_fields
from events.resource import ROAD_FIELDS, Resource
from stores.change import Entry
from stores.record import Record

_NO_DIGIT = re.compile(r"[^0-9]+")
_NUMBERLIKE = re.compile(r"[0-9+()/.\-\s]{3,}")
FEWEST_DIGITS = 3
LONGEST = 400  # characters looked for at once


def folded(text: str) -> str:
    """Without case and accents: `Überhitzung` is found by `uberhitzung`."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def said_number(resource: Resource, record: Record) -> str:
    """The number as people say it: `C-1042`."""
    return numbered(resource, record.number)


def numbered(resource: Resource, number: int) -> str:
    """A record's number, as people say it."""
    return f"{resource.prefix}-{number:04d}" if resource.prefix else str(number)


class Needle:
    """What is looked for; `Invalid` where it is more than anybody types, as every record is searched for every word."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise Invalid("Some fields need another look.", {"q": f"must be at most {LONGEST} characters"})
        self.words = folded(text).split()
        digits = _NO_DIGIT.sub("", text)
        self.digits = digits if len(digits) >= FEWEST_DIGITS and _NUMBERLIKE.fullmatch(text.strip()) else ""

    def __bool__(self) -> bool:
        return bool(self.words)

    def is_in(self, text: str) -> bool:
        """All words stand in the text, or its digits in one of the numbers there."""
        return all(word in text for word in self.words) or bool(self.digits and self.digits in text)


class Haystack:
    """The folded texts of one store's records, made when first asked for."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        shown = (n for n, kind in scalar_fields(resource).items() if kind is str and n not in ROAD_FIELDS)
        self._fields = [n for n in shown if n not in resource.references and n not in resource.unsearched]
        self._lists = [n for n in resource.public_fields if n not in scalar_fields(resource)]
        self._texts: dict[str, tuple[int, str]] = {}

    def find(self, needle: Needle, records: Iterable[Record]) -> list[Record]:
        """Those of the records whose text holds the needle."""
        return [record for record in records if needle.is_in(self.text(record))]

    def text(self, record: Record) -> str:
        """Everything of the record that search looks at."""
        kept = self._texts.get(record.id)
        if kept is not None and kept[0] == record.version:
            return kept[1]
        text = self._made(record)
        self._texts[record.id] = (record.version, text)
        return text

    def rank(self, record: Record, needle: Needle) -> tuple[int, int]:
        """Smaller is better: its very number, then a title that begins so, then the newest."""
        said = " ".join(needle.words)
        if said in {str(record.number), said_number(self._resource, record).lower()}:
            return (0, -record.number)
        return (1 if folded(self.title(record)).startswith(said) else 2, -record.number)

    def title(self, record: Record) -> str:
        """What a result shows first."""
        return str(getattr(record, self._resource.title, "") or "")

    def _made(self, record: Record) -> str:
        values = record.__dict__
        texts = [values[name] for name in self._fields if values[name]]
        texts += [word for name in self._lists if isinstance(values[name], list) for word in values[name]]
        numbers = [_NO_DIGIT.sub("", text) for text in texts if _NUMBERLIKE.fullmatch(text)]
        return folded("\n".join([said_number(self._resource, record), *texts, *numbers]))

    def forget(self, record_id: str) -> None:
        """The record is gone."""
        self._texts.pop(record_id, None)


class Search:
    """The haystacks of a desk."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        self.haystacks = {plural: Haystack(resource) for plural, resource in resources.items() if not resource.private}

    def follow(self, entries: Iterable[Entry]) -> None:
        """The texts of deleted records go with them: once they were kept for ever."""
        for entry in entries:
            if entry.kind == "deleted" and entry.resource in self.haystacks:
                self.haystacks[entry.resource].forget(entry.record_id)
