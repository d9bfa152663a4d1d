"""meetings, participants, journal.

Revision: 0001, the first
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RESERVED = (
    "participants.email_key IS NOT NULL AND participants.state <> 'discarded'"
    " AND (participants.state <> 'refused' OR participants.maybe_mailed)"
)


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_folded", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "sending",
                "scheduled",
                "cancelled",
                "refused",
                "not_sent",
                "unknown",
                "discarded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "cancellation",
            sa.Enum(
                "sending",
                "unknown",
                "not_sent",
                name="cancellation",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("public_meeting_id", sa.Text(), nullable=True),
        sa.Column(
            "id_source",
            sa.Enum(
                "answer", "typed", name="id_source", native_enum=False, create_constraint=True, length=20
            ),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(
            "ix_meetings_cancelled",
            ["starts_at", "id"],
            unique=False,
            sqlite_where=sa.text("meetings.state = 'cancelled'"),
            postgresql_where=sa.text("meetings.state = 'cancelled'"),
        )
        batch_op.create_index(
            "ix_meetings_in_trouble",
            ["id"],
            unique=False,
            sqlite_where=sa.text(
                "(meetings.state IN ('refused', 'not_sent', 'unknown') OR meetings.cancellation IN ('unknown', 'not_sent'))"
            ),
            postgresql_where=sa.text(
                "(meetings.state IN ('refused', 'not_sent', 'unknown') OR meetings.cancellation IN ('unknown', 'not_sent'))"
            ),
        )
        batch_op.create_index(
            "ix_meetings_listed",
            ["starts_at", "id"],
            unique=False,
            sqlite_where=sa.text("meetings.state NOT IN ('cancelled', 'discarded')"),
            postgresql_where=sa.text("meetings.state NOT IN ('cancelled', 'discarded')"),
        )
        batch_op.create_index("ix_meetings_public_meeting_id", ["public_meeting_id"], unique=False)
        batch_op.create_index(
            "uq_meetings_public_meeting_id_typed",
            ["public_meeting_id"],
            unique=True,
            sqlite_where=sa.text("id_source = 'typed'"),
            postgresql_where=sa.text("id_source = 'typed'"),
        )

    op.create_table(
        "pace",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("calls", sa.Integer(), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=True),
        sa.Column("announced", sa.Double(), nullable=True),
        sa.Column("inferred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("probing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outages", sa.Integer(), nullable=False),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_pace_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pace")),
    )
    op.create_table(
        "lists",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "running",
                "paused",
                "stopped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("held_for", sa.Text(), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_lists_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lists")),
    )
    with op.batch_alter_table("lists", schema=None) as batch_op:
        batch_op.create_index("ix_lists_meeting_id", ["meeting_id"], unique=False)

    op.create_table(
        "participants",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "role",
            sa.Enum("host", "participant", name="role", native_enum=False, create_constraint=True, length=20),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("mailed", sa.Boolean(), nullable=False),
        sa.Column("maybe_mailed", sa.Boolean(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "claimed",
                "sending",
                "added",
                "refused",
                "not_sent",
                "unknown",
                "received",
                "discarded",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("public_participant_id", sa.Text(), nullable=True),
        sa.Column("token_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["list_id"], ["lists.id"], name=op.f("fk_participants_list_id_lists")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_participants_meeting_id_meetings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
    )
    with op.batch_alter_table("participants", schema=None) as batch_op:
        batch_op.create_index(
            "ix_participants_in_trouble",
            ["meeting_id", "state"],
            unique=False,
            sqlite_where=sa.text("participants.state IN ('refused', 'not_sent', 'unknown')"),
            postgresql_where=sa.text("participants.state IN ('refused', 'not_sent', 'unknown')"),
        )
        batch_op.create_index("ix_participants_list_id_state", ["list_id", "state"], unique=False)
        batch_op.create_index(
            "ix_participants_meeting_id_changed_at", ["meeting_id", "changed_at"], unique=False
        )
        batch_op.create_index("ix_participants_meeting_id_state", ["meeting_id", "state"], unique=False)
        batch_op.create_index(
            "ix_participants_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("participants.state IN ('queued', 'claimed')"),
            postgresql_where=sa.text("participants.state IN ('queued', 'claimed')"),
        )
        batch_op.create_index(
            "uq_participants_meeting_id_email_key",
            ["meeting_id", "email_key"],
            unique=True,
            sqlite_where=sa.text(RESERVED),
            postgresql_where=sa.text(RESERVED),
        )

    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "action",
            sa.Enum(
                "create_meeting",
                "add_participant",
                "cancel_meeting",
                "adopt_meeting",
                "meeting_exists",
                "discard_meeting",
                "keep_meeting",
                "discard_participant",
                "invitation_received",
                "import_people",
                "pause_list",
                "resume_list",
                "stop_list",
                "send_later",
                "reveal_token",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=True),
        sa.Column("meeting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("participant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("from_outbox", sa.Boolean(), nullable=False),
        sa.Column("request", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "ending",
            sa.Enum(
                "done",
                "refused",
                "not_sent",
                "unknown",
                name="ending",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("answer", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_journal_meeting_id_meetings")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_journal_participant_id_participants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_journal_submission_id")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(
            "ix_journal_calls_ended",
            ["ended_at"],
            unique=False,
            sqlite_where=sa.text("journal.expires_at IS NOT NULL"),
            postgresql_where=sa.text("journal.expires_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_journal_in_flight",
            ["expires_at"],
            unique=False,
            sqlite_where=sa.text("journal.ending IS NULL"),
            postgresql_where=sa.text("journal.ending IS NULL"),
        )
        batch_op.create_index("ix_journal_meeting_id_id", ["meeting_id", "id"], unique=False)
        batch_op.create_index("ix_journal_participant_id_id", ["participant_id", "id"], unique=False)
    op.execute("INSERT INTO pace (id, outages, strikes) VALUES (1, 0, 0)")


def downgrade() -> None:
    for table in ("journal", "participants", "lists", "pace", "meetings"):
        op.drop_table(table)
