"""the source of an import and what was answered about it; remembered uses of columns.

Revision: 0008, after 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IMPORTS = "participant_imports"
CHOICES = "column_choices"
COLUMNS = {
    "source": sa.LargeBinary(),
    "source_filename": sa.Text(),
    "answers": sa.JSON(none_as_null=True),
    "parse_result": sa.JSON(none_as_null=True),
}


def upgrade() -> None:
    inspector = sa.inspect(op.get_bind())
    present = {column["name"] for column in inspector.get_columns(IMPORTS)}
    for name, kind in COLUMNS.items():
        if name not in present:
            op.add_column(IMPORTS, sa.Column(name, kind, nullable=True))
    if CHOICES not in inspector.get_table_names():
        op.create_table(
            CHOICES,
            sa.Column("title_key", sa.String(64), nullable=False),
            sa.Column("columns", sa.JSON(), nullable=False),
            sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("updated_by", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("title_key", name=f"pk_{CHOICES}"),
        )


def downgrade() -> None:
    op.drop_table(CHOICES)
    for name in COLUMNS:
        op.drop_column(IMPORTS, name)
