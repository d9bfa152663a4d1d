"""groups of people who are invited together; erased participants.

The audit stays append-only, except for the column `detail`: the erasure of a person replaces their name there.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


FIXED = "id, created_at, action, actor, ip_address, target_username, meeting_id, participant_id, entry_id"
SQLITE_AUDIT = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE {of}ON audit_events"
    " BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
)
POSTGRESQL_AUDIT = (
    "CREATE TRIGGER audit_append_only BEFORE UPDATE {of}OR DELETE OR TRUNCATE ON audit_events"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
)


def _protect_audit(of: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_append_only ON audit_events")
        op.execute(POSTGRESQL_AUDIT.format(of=of))
    else:
        op.execute("DROP TRIGGER audit_no_update")
        op.execute(SQLITE_AUDIT.format(of=of))


def upgrade() -> None:
    op.add_column("participants", sa.Column("erased_at", TIME, nullable=True))
    _protect_audit(f"OF {FIXED} ")
    op.create_table(
        "groups",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Text(), nullable=True),
        sa.Column("request_digest", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_groups_submission_id")),
    )
    op.create_table(
        "group_members",
        sa.Column("id", KEY, nullable=False),
        sa.Column("group_id", KEY, nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "host", "participant", name="role", native_enum=False, create_constraint=True, length=20
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_key", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_typed", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_members_group_id_groups")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
        sa.UniqueConstraint("group_id", "email_key", name=op.f("uq_group_members_group_id_email_key")),
    )


def downgrade() -> None:
    _protect_audit("")
    op.drop_column("participants", "erased_at")
    op.drop_table("group_members")
    op.drop_table("groups")
