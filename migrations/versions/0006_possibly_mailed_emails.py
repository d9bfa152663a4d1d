"""emails that may have been sent an invitation stay known for their meeting.

The table is filled from the journal: each call that asked to mail an email and ended unknown; and from the participants
that a restored backup marked. An email that was corrected since is compared as this release compares emails: the
functions below are a copy, since a migration must not change with the code.

Revision: 0006, after 0005
"""

import json
import re
import unicodedata

import idna
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLE = "possibly_mailed_emails"
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 1000


def upgrade() -> None:
    bind = op.get_bind()
    if TABLE not in sa.inspect(bind).get_table_names():
        op.create_table(
            TABLE,
            sa.Column("meeting_id", KEY, nullable=False),
            sa.Column("email_key", sa.Text(), nullable=False),
            sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=f"fk_{TABLE}_meeting_id_meetings"),
            sa.PrimaryKeyConstraint("meeting_id", "email_key", name=f"pk_{TABLE}"),
        )
    marked = sa.text(
        "SELECT DISTINCT meeting_id, email_key FROM participants WHERE maybe_mailed AND email_key IS NOT NULL"
    )
    _record(bind, bind.execute(marked).all())
    lost = sa.text(
        "SELECT j.meeting_id, j.request, p.email, p.email_key, j.id FROM journal j"
        " JOIN participants p ON p.id = j.participant_id"
        " WHERE j.action = 'add_participant' AND j.ending = 'unknown' AND j.id > :after"
        " ORDER BY j.id LIMIT :batch"
    )
    after = 0
    while rows := bind.execute(lost, {"after": after, "batch": BATCH}).all():
        after = rows[-1].id
        _record(bind, [pair for row in rows if (pair := _pair(row))])


def downgrade() -> None:
    op.drop_table(TABLE)


def _pair(row: sa.Row) -> tuple[int, str] | None:
    request = json.loads(row.request) if isinstance(row.request, str) else row.request
    email = request.get("body", {}).get("email")
    if not email:
        return None
    return row.meeting_id, row.email_key if row.email == email else _email_key(email)


def _email_key(email: str) -> str:
    key = _email_key_once(email)
    while (again := _email_key_once(key)) != key:
        key = again
    return key


def _email_key_once(email: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", email).casefold())
    caseless = unicodedata.normalize("NFKC", folded.casefold())
    visible = "".join(
        char for char in caseless if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
    )
    local, at, domain = visible.rpartition("@")
    labels = [_unicode_label(label) for label in re.split("[.\u3002]", domain)]
    return local + at + (".".join(labels) if at else domain)


def _unicode_label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 63:
        return label
    try:
        return idna.ulabel(label)
    except UnicodeError:
        return label


def _record(bind: sa.Connection, pairs: list) -> None:
    insert = sa.text(
        f"INSERT INTO {TABLE} (meeting_id, email_key) VALUES (:meeting_id, :email_key) ON CONFLICT DO NOTHING"
    )
    if pairs:
        bind.execute(insert, [{"meeting_id": meeting, "email_key": key} for meeting, key in pairs])
