"""The promises, one file each. Between rounds every line of history is shown to every check, beside the truth."""

from torture.checks.afterwards import Afterwards
from torture.checks.agreement import Agreement
from torture.checks.bounds import Bounds
from torture.checks.check import Check
from torture.checks.continuity import Continuity
from torture.checks.kept import Kept
from torture.checks.once import Once
from torture.checks.order import Order
from torture.checks.promptness import Promptness
from torture.checks.silence import Silence

CHECKS: tuple[type[Check], ...] = (Kept, Once, Order, Continuity, Silence, Agreement, Promptness, Bounds, Afterwards)
"""C1 to C9."""
