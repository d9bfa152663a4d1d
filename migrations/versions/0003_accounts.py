"""accounts, sessions, audit.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)

# Whatever reaches the database, by our code or by hand, can add to the audit and do nothing else with it.
APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit"
        " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit"
        " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        # Without recursive triggers, INSERT OR REPLACE deletes past the trigger above.
        "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit"
        " WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id OR entry_id = new.entry_id)"
        " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
        " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
    ),
}

# Nothing enters the journal past the audit: not a machine that still runs the release before, not a hand in the database.
COLUMNS = "at, action, actor, address, meeting_id, participant_id, entry_id"
OF_A_NEW_ENTRY = (
    f"INSERT INTO audit ({COLUMNS}) VALUES (new.begun_at, new.action, new.actor, new.address,"
    " new.meeting_id, new.participant_id, new.id);"
)
AUDITED = {
    "sqlite": (f"CREATE TRIGGER journal_audited AFTER INSERT ON journal BEGIN {OF_A_NEW_ENTRY} END",),
    "postgresql": (
        "CREATE FUNCTION audit_journal() RETURNS trigger LANGUAGE plpgsql"
        f" AS $$ BEGIN {OF_A_NEW_ENTRY} RETURN NULL; END $$",
        "CREATE TRIGGER journal_audited AFTER INSERT ON journal FOR EACH ROW EXECUTE FUNCTION audit_journal()",
    ),
}
# What was asked of Zelta before there was an audit, so that a meeting's activity stays whole.
BACKFILL = (
    f"INSERT INTO audit ({COLUMNS})"
    " SELECT begun_at, action, actor, address, meeting_id, participant_id, id FROM journal ORDER BY id"
)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("username_key", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "viewer",
                "coordinator",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("temporary_until", TIME, nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("disabled_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("username_key", name="uq_accounts_username_key"),
        sa.UniqueConstraint("subject", name="uq_accounts_subject"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("key_hash", name="uq_sessions_key_hash"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_index("ix_sessions_seen_at", "sessions", ["seen_at"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name_hash", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_at", "sign_in_attempts", ["at"])
    op.create_index("ix_sign_in_attempts_name_hash_at", "sign_in_attempts", ["name_hash", "at"])
    op.create_index("ix_sign_in_attempts_address_at", "sign_in_attempts", ["address", "at"])
    op.create_table(
        "held_forms",
        sa.Column("id", KEY, nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("held_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_held_forms_account_id_accounts"),
        sa.PrimaryKeyConstraint("id", name="pk_held_forms"),
        sa.UniqueConstraint("key_hash", name="uq_held_forms_key_hash"),
    )
    op.create_index("ix_held_forms_held_at", "held_forms", ["held_at"])
    op.add_column("journal", sa.Column("address", sa.Text(), nullable=True))
    op.create_table(
        "audit",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("meeting_id", KEY, nullable=True),
        sa.Column("participant_id", KEY, nullable=True),
        sa.Column("entry_id", KEY, nullable=True),
        sa.Column("detail", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name="fk_audit_meeting_id_meetings"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="fk_audit_participant_id_participants"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name="fk_audit_entry_id_journal"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("entry_id", name="uq_audit_entry_id"),
    )
    op.create_index("ix_audit_meeting_id_id", "audit", ["meeting_id", "id"])
    op.create_index("ix_audit_actor_at", "audit", ["actor", "at", "id"])
    op.create_index("ix_audit_actor_action_at", "audit", ["actor", "action", "at", "id"])
    to_somebody = sa.text("subject IS NOT NULL")
    op.create_index(
        "ix_audit_subject_at",
        "audit",
        ["subject", "at", "id"],
        sqlite_where=to_somebody,
        postgresql_where=to_somebody,
    )
    op.create_index("ix_audit_action_at", "audit", ["action", "at", "id"])
    op.create_index("ix_audit_at", "audit", ["at", "id"])
    op.execute(BACKFILL)
    dialect = op.get_bind().dialect.name
    for statement in APPEND_ONLY[dialect] + AUDITED[dialect]:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER journal_audited ON journal")
        op.execute("DROP FUNCTION audit_journal()")
    else:
        op.execute("DROP TRIGGER journal_audited")
    op.drop_table("audit")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_is_append_only()")
    with op.batch_alter_table("journal") as batch_op:
        batch_op.drop_column("address")
    for table in ("held_forms", "sign_in_attempts", "sessions", "accounts"):
        op.drop_table(table)
