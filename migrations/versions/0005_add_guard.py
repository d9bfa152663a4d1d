"""the guard against adding a participant twice.

Each new call to add a participant has the number of the decision that asked for it (see `app/models/add_guard.py`), and
no two calls of a number may be open or have been processed. Older entries have no number, which the index leaves out:
a journal that holds duplicates already is migrated like any other.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INDEX = "uq_journal_participant_id_decision_number"
ONCE = (
    "action = 'add_participant' AND decision_number IS NOT NULL AND (ending IS NULL OR ending <> 'not_sent')"
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            # In a way that can begin anew: an index that was broken off is dropped before each run.
            op.execute("ALTER TABLE journal ADD COLUMN IF NOT EXISTS decision_number INTEGER")
            waits = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar_one()
            op.execute("SET lock_timeout = 0")  # what follows waits for open transactions, and none waits for it
            op.execute(
                f"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS {INDEX}"
                f" ON journal (participant_id, decision_number) WHERE {ONCE}"
            )
            op.execute(f"SET lock_timeout = '{waits}'")
        return
    op.add_column("journal", sa.Column("decision_number", sa.Integer(), nullable=True))
    op.create_index(
        INDEX, "journal", ["participant_id", "decision_number"], unique=True, sqlite_where=sa.text(ONCE)
    )


def downgrade() -> None:
    # Not by rebuilding the table, which would lose its trigger on SQLite.
    op.drop_index(INDEX, "journal")
    op.drop_column("journal", "decision_number")
