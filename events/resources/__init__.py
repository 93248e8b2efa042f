"""The kinds of record, one file each: the only folder that grows."""
