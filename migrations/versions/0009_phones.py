"""participants have a phone: in E.164, and as it was typed. Both are kept here and never sent to Zelta.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS = ("phone", "phone_typed")


def upgrade() -> None:
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("participants")}
    for name in COLUMNS:
        if name not in there:
            op.add_column("participants", sa.Column(name, sa.Text()))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("participants", name)
