"""What became of a batch, as far as the database will say (D4)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from events.durability import MOST_COMMANDS, DeskLostError, Durability, Threads, Verdict
from stores.change import Batch
from stores.errors import CommitFailed, Damaged, DataRejected, LostDesk, Unreachable


class Answering:
    """A database that answers each commit and each look at the head as it is told."""

    def __init__(self, commit=None, head=(1, "e")):
        self.answer, self.at = commit, head

    def commit(self, batch):
        if self.answer is not None:
            raise self.answer

    def head(self, tenant_id):
        if isinstance(self.at, Exception):
            raise self.at
        return self.at


@pytest.fixture
def write():
    with ThreadPoolExecutor(1) as one:

        async def writes(commit=None, head=(1, "e"), new_seq=2):
            durability = Durability(Answering(commit, head), "t", Threads(one, one, one))
            batch = Batch("t", "e", 1, new_seq, (), (), (), {}, {})
            return await durability.write(batch), durability

        yield writes


@pytest.mark.parametrize(("commit", "head", "verdict"), [
    (None, (1, "e"), Verdict.DURABLE),
    (CommitFailed("x"), (1, "e"), Verdict.UNDONE), (CommitFailed("x"), (2, "e"), Verdict.DURABLE),
    (Unreachable("x"), (1, "e"), Verdict.UNDONE), (RuntimeError("a bug"), (1, "e"), Verdict.UNDONE),
    (RuntimeError("a bug"), (2, "e"), Verdict.DURABLE), (DataRejected("x"), (1, "e"), Verdict.REJECTED),
])  # fmt: skip
async def test_d4_the_head_tells_what_became_of_a_batch(write, commit, head, verdict):
    found, durability = await write(commit, head)
    assert found is verdict
    assert durability.most == (1 if verdict in {Verdict.UNDONE, Verdict.REJECTED} else MOST_COMMANDS)


@pytest.mark.parametrize(("commit", "head"), [
    (LostDesk("x"), (1, "e")), (Damaged("x"), (1, "e")), (CommitFailed("x"), Unreachable("y")),
    (CommitFailed("x"), (1, "other")), (CommitFailed("x"), (2, "other")), (CommitFailed("x"), (3, "e")),
    (CommitFailed("x"), (0, "e")),
])  # fmt: skip
async def test_d4_d8_what_cannot_be_known_loses_the_desk(write, commit, head):
    with pytest.raises(DeskLostError):
        await write(commit, head)


async def test_d4_a_batch_of_operations_alone_is_not_known_by_the_head(write):
    """It moves no seq: whether it was written cannot be told, so it is undone and sent again under the same op_id."""
    found, _ = await write(CommitFailed("x"), (1, "e"), new_seq=1)
    assert found is Verdict.UNDONE
