"""meetings in the outbox: batches, claims of meetings, moves and series.

`batches.source_meeting_id` has no foreign key, since meetings have one to batches.

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

# Of each table: its new columns. A key goes with its column in one statement, without a new table on SQLite.
COLUMNS = {
    "meetings": {
        "batch_id": "BIGINT CONSTRAINT fk_meetings_batch_id_batches REFERENCES batches (id)",
        "series_id": "BIGINT CONSTRAINT fk_meetings_series_id_batches REFERENCES batches (id)",
        "moved_from_id": "BIGINT CONSTRAINT fk_meetings_moved_from_id_meetings REFERENCES meetings (id)",
        "series_position": "INTEGER",
        "claimed_by": "TEXT",
        "claim_expires_at": "{time}",
        "move_pending": "BOOLEAN DEFAULT {false} NOT NULL",
    },
    "participant_imports": {
        "batch_id": "BIGINT CONSTRAINT fk_participant_imports_batch_id_batches REFERENCES batches (id)",
    },
    "participants": {"moved_from_id": "BIGINT"},
}
TYPES = {
    "sqlite": {"time": "DATETIME", "false": "0"},
    "postgresql": {"time": "TIMESTAMP WITH TIME ZONE", "false": "false"},
}

STATES = ("sending", "scheduled", "cancelled", "refused", "not_sent", "unknown", "discarded")
ACTIONS = (
    *("create_meeting", "add_participant", "cancel_meeting", "adopt_meeting", "meeting_exists"),
    *("discard_meeting", "keep_meeting", "discard_participant", "invitation_received", "import_people"),
    *("pause_list", "resume_list", "stop_list", "send_later", "reveal_token"),
)
# Of each check: its table, its column, its words before, and its new ones.
CHECKS = {
    "ck_meetings_state": ("meetings", "state", STATES, ("queued", "claimed")),
    "ck_journal_entries_action": (
        "journal_entries",
        "action",
        ACTIONS,
        ("queue_meetings", "move_meeting", "pause_batch", "resume_batch", "stop_batch"),
    ),
}
# What the release before says instead, after a downgrade.
FORMER_WORDS = (
    "UPDATE meetings SET state = 'not_sent' WHERE state IN ('queued', 'claimed')",
    "UPDATE journal_entries SET action = CASE action WHEN 'pause_batch' THEN 'pause_list' WHEN 'resume_batch'"
    " THEN 'resume_list' WHEN 'stop_batch' THEN 'stop_list' ELSE 'import_people' END WHERE action IN"
    " ('queue_meetings', 'move_meeting', 'pause_batch', 'resume_batch', 'stop_batch')",
)

CREATED_ONCE = (
    "action = 'create_meeting' AND decision_number IS NOT NULL AND (outcome IS NULL OR outcome <> 'not_sent')"
)
# Of each index: whether it is unique, its table, columns and condition.
INDEXES = {
    "ix_batches_paused": (False, "batches", "id", "batches.state = 'paused'"),
    "ix_meetings_waiting": (False, "meetings", "id", "meetings.state IN ('queued', 'claimed')"),
    "ix_meetings_batch_id_id": (False, "meetings", "batch_id, id", "meetings.batch_id IS NOT NULL"),
    "ix_meetings_series_id_series_position": (
        False,
        "meetings",
        "series_id, series_position",
        "meetings.series_id IS NOT NULL",
    ),
    "uq_meetings_moved_from_id": (
        True,
        "meetings",
        "moved_from_id",
        "meetings.moved_from_id IS NOT NULL AND meetings.state NOT IN ('cancelled', 'discarded')",
    ),
    "ix_meetings_moved_from_id": (False, "meetings", "moved_from_id", "meetings.moved_from_id IS NOT NULL"),
    "ix_meetings_move_pending": (
        False,
        "meetings",
        "id",
        "meetings.move_pending AND meetings.state = 'scheduled'",
    ),
    "ix_participant_imports_batch_id": (
        False,
        "participant_imports",
        "batch_id",
        "participant_imports.batch_id IS NOT NULL",
    ),
    "uq_journal_entries_meeting_id_decision_number": (
        True,
        "journal_entries",
        "meeting_id, decision_number",
        CREATED_ONCE,
    ),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            _upgrade_postgresql()
        return
    _create_batches()
    _add_columns()
    for name in CHECKS:
        _replace_check(name, *_checks(name))
    for name in INDEXES:
        op.execute(_create_index(name))


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            for name in INDEXES:
                op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
            _downgrade()
        return
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    _downgrade()


def _downgrade() -> None:
    for statement in FORMER_WORDS:
        op.execute(statement)
    for name in CHECKS:
        new, old = _checks(name)
        _replace_check(name, old, new)
    for table, columns in COLUMNS.items():
        for name in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    op.drop_table("batches")


def _create_batches() -> None:
    op.create_table(
        "batches",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", _enumeration("kind", "move", "repeat", "series", "spreadsheet"), nullable=False),
        sa.Column("state", _enumeration("state", "draft", "running", "paused", "stopped"), nullable=False),
        sa.Column("pause_reason", sa.Text(), nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("source_meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.LargeBinary(), nullable=True),
        sa.Column("source_filename", sa.Text(), nullable=True),
        sa.Column("answers", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )


def _enumeration(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _add_columns() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.execute(
                f"ALTER TABLE {table} ADD COLUMN {name} {kind.format(**TYPES[op.get_bind().dialect.name])}"
            )


def _create_index(name: str, *, concurrently: bool = False) -> str:
    is_unique, table, columns, condition = INDEXES[name]
    create = f"CREATE{' UNIQUE' if is_unique else ''} INDEX{' CONCURRENTLY' if concurrently else ''}"
    return f"{create} {name} ON {table} ({columns}) WHERE {condition}"


def _checks(name: str) -> tuple[str, str]:
    """The condition of a check before, and after this migration."""
    _, column, before, added = CHECKS[name]
    return tuple(
        f"{column} IN ({', '.join(repr(word) for word in words)})" for words in (before, (*before, *added))
    )


def _replace_check(name: str, old: str, new: str) -> None:
    table = CHECKS[name][0]
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}")
        # Valid for what is written from here on; the rows there are checked without a lock that others wait for.
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({new}) NOT VALID")
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
        return
    # As in migration 0007: no row is rewritten, and the statements around it raise the schema's version.
    bind = op.get_bind()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, :old, :new) WHERE type = 'table' AND name = :table"
        " AND instr(sql, :old) > 0",
        {"old": f"CHECK ({old})", "new": f"CHECK ({new})", "table": table},
    )
    if changed.rowcount != 1:
        raise RuntimeError(f"the table {table} of this database is not ours: it has no CHECK ({old})")
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")


def _upgrade_postgresql() -> None:
    _clear_postgresql()
    _create_batches()
    _add_columns()
    for name in CHECKS:
        _replace_check(name, *_checks(name))
    waits = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar_one()
    # What follows waits for transactions that are open, and nobody waits for it.
    op.execute("SET lock_timeout = 0")
    for name in INDEXES:
        op.execute(_create_index(name, concurrently=True))
    op.execute(f"SET lock_timeout = '{waits}'")


def _clear_postgresql() -> None:
    """Remove what is there of an upgrade that was broken off."""
    for name in INDEXES:
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
    for table, columns in COLUMNS.items():
        for name in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN IF EXISTS {name}")
    op.execute("DROP TABLE IF EXISTS batches")
