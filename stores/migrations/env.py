"""Alembic's entry: it is handed an open transaction by stores/migrate.py, and never connects itself."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
