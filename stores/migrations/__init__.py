"""How a database of an older release becomes one of this release; run by stores/migrate.py at start."""
