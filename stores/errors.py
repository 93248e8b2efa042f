"""What can go wrong with the memory of a desk.

    StoreError
    ├── LostDesk        another process has moved the head of this desk (rule D8): tell nothing, exit
    ├── Locked          another process holds the database
    ├── Unreachable     the database cannot be opened or read
    ├── NewerRelease    its tables are of a release that came after this one
    ├── Damaged         an I/O or fsync error: nothing may be written any more (rule D4)
    ├── DataRejected    the database refused the data itself; everyone else's is welcome
    └── CommitFailed    the commit did not succeed for another reason (disk full, read-only, busy ...): it may later

Only stores/ raises these; events/ decides what each of them means for those who wait.
"""


class StoreError(Exception):
    """Anything that the memory could not do."""


class LostDesk(StoreError):
    """Not exactly one row moved when the head was swapped: this process no longer owns the desk (rule D8)."""


class Locked(StoreError):
    """Another process holds the lock beside the database."""


class Unreachable(StoreError):
    """The database cannot be opened or read."""


class NewerRelease(StoreError):
    """The tables are of a newer release: this one would lose what it does not know."""


class Damaged(StoreError):
    """The disk or the file failed: what is written can no longer be known, so nothing is written any more (rule D4)."""


class DataRejected(StoreError):
    """The database refused the data of this batch; another batch may be welcome."""


class CommitFailed(StoreError):
    """The transaction was rolled back for a reason that may pass: a full disk, a read-only file, a busy database."""
