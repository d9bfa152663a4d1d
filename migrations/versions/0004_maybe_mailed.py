"""participants.maybe_mailed, in databases whose 0001 was an earlier text of it.

Revision: 0004, after 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEX = "uq_participants_meeting_id_email_key"
RESERVED = (
    "participants.email_key IS NOT NULL AND participants.state <> 'discarded'"
    " AND (participants.state <> 'refused' OR participants.maybe_mailed)"
)

UNKNOWN = (
    "EXISTS (SELECT 1 FROM journal WHERE journal.participant_id = {row}.id"
    " AND journal.action = 'add_participant' AND journal.ending = 'unknown')"
)
# A refused row gets its reservation back, unless another row of the same address has it: the newest of them keeps it.
BACKFILL = f"""
UPDATE participants SET maybe_mailed = true
WHERE email_key IS NOT NULL AND {UNKNOWN.format(row="participants")}
AND (state <> 'refused' OR NOT EXISTS (
    SELECT 1 FROM participants AS other
    WHERE other.meeting_id = participants.meeting_id AND other.email_key = participants.email_key
    AND other.id <> participants.id AND other.state <> 'discarded'
    AND (other.state <> 'refused' OR other.id > participants.id AND {UNKNOWN.format(row="other")})
))
"""


def upgrade() -> None:
    columns = sa.inspect(op.get_bind()).get_columns("participants")
    if any(column["name"] == "maybe_mailed" for column in columns):
        return
    # The default stays: without it SQLite would have to rebuild the table, which would take its triggers away.
    op.add_column(
        "participants", sa.Column("maybe_mailed", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute(BACKFILL)
    op.drop_index(INDEX, "participants")
    op.create_index(
        INDEX,
        "participants",
        ["meeting_id", "email_key"],
        unique=True,
        sqlite_where=sa.text(RESERVED),
        postgresql_where=sa.text(RESERVED),
    )


def downgrade() -> None:
    """Nothing: 0003 with today's 0001 has the column as well."""
