"""What nobody sends who means well: texts, numbers and JSON at the edges, and valid things with something wrong in them."""

import json
import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("CALLBOARD_FUZZ_EXAMPLES", "0"))


def fuzzed(usually: int) -> settings:
    """So many examples, always the same ones; CALLBOARD_FUZZ_EXAMPLES makes it that many, new ones each time."""
    return settings(
        max_examples=EXAMPLES or usually, derandomize=not EXAMPLES, deadline=None, database=None, print_blob=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


SURROGATE, NUL, OVERRIDE, ZERO_WIDTH = "\ud800", "\x00", "\u202e", "\u200b"
EDGES = (
    "", " ", NUL, SURROGATE, "\udfff\ud800", OVERRIDE + "txt.exe", ZERO_WIDTH, "\ufeff", "\uffff", "é" * 300, "e\u0301",
    "ﬀ", "İ", "ß", "٣", "𝟘", "x" * 201, "x" * 4001, "x" * 70_000, "a" + "\u0300\u0327" * 8_000, "a " * 30_000, "null",
    "true", "NaN", "__proto__", "constructor", "../../etc/passwd", "%2e%2e%2f", "'; DROP TABLE calls; --",
    "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}", "=1+1", "\r\nSet-Cookie: a=b", "me", "team", "calls/", "/",
    "users/none", "2026-02-30", "0000-00-00", "9999-12-31T23:59:59.999+23:59", "0001-01-01T00:00:00+23:59", "1e999", "-0",
)  # fmt: skip
NUMBERS = (
    0, -1, 1, 2**31, 2**53 - 1, 2**53, -(2**53), 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 2**70, 10**30, 10**400, 0.5, -0.0,
    1e308, 5e-324,
)  # fmt: skip

texts = st.sampled_from(EDGES) | st.text(max_size=20) | st.text(st.characters(), max_size=8)
scalars = st.none() | st.booleans() | st.sampled_from(NUMBERS) | st.integers(-9, 9999) | texts
values: st.SearchStrategy[Any] = scalars | st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4), max_leaves=8
)


def nested(depth: int, *, inside: str = "1", with_objects: bool = False) -> str:
    """JSON of this depth."""
    opening, closing = ('{"a":', "}") if with_objects else ("[", "]")
    return opening * depth + inside + closing * depth


def said(value: Any) -> str:
    """JSON as it may stand in a packet: lone surrogates as escapes, numbers of any length, NaN."""
    return json.dumps(value)


ODD_JSON = (
    "", "NaN", "Infinity", "-Infinity", "[NaN]", '{"a":NaN}', "1e999", "-1e999", "[1e400]", "1" * 400, "1" * 5000, "-",
    "01", "{", "[", '"', '"\\ud800"', '"\\u0000"', '{"a":1,"a":2}', "[,]", "nul", "tru", "\x00", "\ufeff{}", "{}{}",
    '{"_placeholder":true,"num":0}', '[{"_placeholder":true,"num":99}]', '{"__proto__":{"x":1}}', nested(200), nested(300),
    nested(900), nested(1100), nested(20_000), nested(300, with_objects=True), nested(900, with_objects=True),
    nested(100_000, inside=""), '"' + "x" * 300_000 + '"',
)  # fmt: skip
json_texts = values.map(said) | st.sampled_from(ODD_JSON)


@st.composite
def mutated(draw: st.DrawFn, whole: st.SearchStrategy[str]) -> str:
    """A text with a few characters cut out, doubled or replaced."""
    text = draw(whole)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, max(0, min(len(text), 400))))
        length = draw(st.integers(0, 4))
        text = (
            text[:place]
            + draw(st.sampled_from(["", "", text[place : place + length] * 2]) | texts)
            + text[place + length :]
        )
    return text
