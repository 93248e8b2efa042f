"""The memory: records, journal and database. It knows no resource, no user and no network (rule A1)."""
