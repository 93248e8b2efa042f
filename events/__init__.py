"""What is decided: the kinds of record, who may do what, what follows, and who hears of it."""
