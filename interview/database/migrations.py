"""Migrations: forward only, each in its own transaction, recorded in `user_version` alone (no time is kept, T2)."""

from collections.abc import Callable, Sequence

from interview.database.opening import Database
from interview.errors import InterviewError

Step = Sequence[str] | Callable[[Database], None]
"""One change of shape: SQL statements, or a function that makes the change."""


def migrate(database: Database, steps: Sequence[Step]) -> None:
    """Bring a database to the shape after the last of `steps`; those it has had are not run again.

    A step and its record are one transaction: whatever interrupts, the next call goes on from there.
    `database.newer-schema` if it has had more steps than there are.
    """
    while (version := schema_version(database)) != len(steps):
        if version > len(steps):
            raise InterviewError("database.newer-schema", database.path.name)
        with database.transaction():
            # Another process may have been faster between the look and the lock.
            if schema_version(database) != version:
                continue
            step = steps[version]
            if callable(step):
                step(database)
            else:
                for statement in step:
                    database.execute(statement)
            database.execute(f"PRAGMA user_version = {version + 1}")


def schema_version(database: Database) -> int:
    """How many steps a database has had."""
    return int(database.query("PRAGMA user_version")[0][0])
