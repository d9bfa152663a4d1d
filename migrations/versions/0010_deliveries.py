"""deliveries of join links, texts of messages, how long a meeting lasts.

Revision: 0010, after 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
TO_HAND_OVER = sa.text(
    "participants.state = 'added' AND participants.public_participant_id IS NOT NULL AND NOT participants.send_invitation"
    " AND participants.delivery_id IS NULL"
)
TABLE = "deliveries"

# As with the audit (see migration 0003).
APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER deliveries_no_update BEFORE UPDATE ON deliveries"
        " BEGIN SELECT RAISE(ABORT, 'deliveries are append-only'); END",
        "CREATE TRIGGER deliveries_no_delete BEFORE DELETE ON deliveries"
        " BEGIN SELECT RAISE(ABORT, 'deliveries are append-only'); END",
        "CREATE TRIGGER deliveries_no_replace BEFORE INSERT ON deliveries"
        " WHEN EXISTS (SELECT 1 FROM deliveries WHERE id = new.id)"
        " BEGIN SELECT RAISE(ABORT, 'deliveries are append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION deliveries_are_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE EXCEPTION 'deliveries are append-only'; END $$",
        "CREATE TRIGGER deliveries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON deliveries"
        " FOR EACH STATEMENT EXECUTE FUNCTION deliveries_are_append_only()",
    ),
}


def _enumeration(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade() -> None:
    # With the column's own check: both databases take it in one statement, without a new table.
    op.execute(
        "ALTER TABLE meetings ADD COLUMN duration_minutes INTEGER DEFAULT 60 NOT NULL"
        " CONSTRAINT ck_meetings_duration_minutes CHECK (duration_minutes BETWEEN 15 AND 1440)"
    )
    op.add_column("participants", sa.Column("delivery_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_participants_to_hand_over",
        "participants",
        ["meeting_id"],
        sqlite_where=TO_HAND_OVER,
        postgresql_where=TO_HAND_OVER,
    )
    _create_deliveries()
    _create_messages()
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def _create_deliveries() -> None:
    channels = ("link", "message", "whatsapp", "email", "qr", "ics", "other")
    op.create_table(
        TABLE,
        sa.Column("id", KEY, nullable=False),
        sa.Column("meeting_id", KEY, nullable=False),
        sa.Column("participant_id", KEY, nullable=False),
        sa.Column("action", _enumeration("action", "mark", "undo"), nullable=False),
        sa.Column("purpose", _enumeration("purpose", "link", "cancellation"), nullable=False),
        sa.Column("channel", _enumeration("channel", *channels), nullable=False),
        sa.Column("public_participant_id", sa.Text(), nullable=True),
        sa.Column("undone_delivery_id", KEY, nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=True),
        sa.Column("request_digest", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=f"fk_{TABLE}_meeting_id_meetings"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=f"fk_{TABLE}_participant_id_participants"
        ),
        sa.ForeignKeyConstraint(
            ["undone_delivery_id"], [f"{TABLE}.id"], name=f"fk_{TABLE}_undone_delivery_id_{TABLE}"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint(
            "submission_id", "participant_id", name=f"uq_{TABLE}_submission_id_participant_id"
        ),
        sa.UniqueConstraint("undone_delivery_id", name=f"uq_{TABLE}_undone_delivery_id"),
    )
    op.create_index(f"ix_{TABLE}_meeting_id_id", TABLE, ["meeting_id", "id"])
    op.create_index(f"ix_{TABLE}_participant_id_id", TABLE, ["participant_id", "id"])


def _create_messages() -> None:
    op.create_table(
        "message_templates",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "language", name="pk_message_templates"),
    )
    op.create_table(
        "meeting_messages",
        sa.Column("meeting_id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name="fk_meeting_messages_meeting_id_meetings"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "kind", name="pk_meeting_messages"),
    )


def downgrade() -> None:
    op.drop_table("meeting_messages")
    op.drop_table("message_templates")
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION deliveries_are_append_only()")
    op.drop_index("ix_participants_to_hand_over", "participants")
    op.drop_column("participants", "delivery_id")
    op.drop_column("meetings", "duration_minutes")
