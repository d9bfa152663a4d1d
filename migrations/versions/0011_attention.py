"""what needs attention counts unsent rows and refused cancellations; pasted ids and more letters are found.

Three columns of `meetings` say what a list of meetings must show and count: the rows of drafts that were never sent, the
rows that were kept back, and whether Zelta refused the latest cancellation. Triggers write the counts, also for the release
before. Titles, names and emails with letters that have no decomposition (ł, ø, æ), or with typographic apostrophes or
hyphens, are folded again; the triggers of migration 0002 then queue their meetings for search.

A migration that was broken off begins anew.

Revision: 0011, after 0010
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BATCH = 1000

ATTENTION = (
    "(meetings.state IN ('refused', 'not_sent', 'unknown') OR meetings.cancellation IN ('unknown', 'not_sent')"
    " OR meetings.problem_count > 0 OR meetings.cancellation_refused"
    " OR meetings.draft_row_count > 0 OR meetings.kept_row_count > 0)"
    " AND meetings.state NOT IN ('cancelled', 'discarded')"
)
# Of each index: its table, columns and condition.
INDEXES = {
    "ix_meetings_needs_attention": ("meetings", "starts_at, id", ATTENTION),
    "ix_meetings_needs_attention_mine": ("meetings", "created_by, starts_at, id", ATTENTION),
    "ix_participants_public_participant_id": (
        "participants",
        "public_participant_id",
        "participants.public_participant_id IS NOT NULL",
    ),
    "ix_participants_external_id": ("participants", "external_id", "participants.external_id IS NOT NULL"),
}
COLUMNS = ("draft_row_count", "kept_row_count", "cancellation_refused")

# How many rows of an import wait in a draft, and how many were kept back: those that were not left out by choice.
DRAFT_ROWS = {
    "sqlite": "CASE WHEN {row}.state = 'draft' AND json_type({row}.rows) = 'array' THEN json_array_length({row}.rows) ELSE 0 END",
    "postgresql": "CASE WHEN {row}.state = 'draft' AND json_typeof({row}.rows) = 'array' THEN json_array_length({row}.rows) ELSE 0 END",
}
KEPT_ROWS = {
    "sqlite": "CASE WHEN {row}.state IN ('running', 'paused') AND json_type({row}.rows) = 'array' THEN"
    " (SELECT count(*) FROM json_each({row}.rows) WHERE coalesce(json_extract(value, '$.keep'), 1)) ELSE 0 END",
    "postgresql": "CASE WHEN {row}.state IN ('running', 'paused') AND json_typeof({row}.rows) = 'array' THEN"
    " (SELECT count(*) FROM json_array_elements({row}.rows) AS element"
    " WHERE coalesce((element ->> 'keep')::boolean, true)) ELSE 0 END",
}
TRIGGERS = {"unsent_rows_added": "INSERT", "unsent_rows_changed": "UPDATE OF state, rows"}

COUNT_ROWS = (
    "UPDATE meetings SET"
    " draft_row_count = (SELECT coalesce(sum({draft}), 0) FROM participant_imports i WHERE i.meeting_id = meetings.id),"
    " kept_row_count = (SELECT coalesce(sum({kept}), 0) FROM participant_imports i WHERE i.meeting_id = meetings.id)"
    " WHERE id {of}"
)
# As in migration 0002: the meeting is locked first, so whoever changes an import meanwhile counts before or after.
COUNT_ROWS_ONE_BY_ONE = """
DO $$ DECLARE one bigint; BEGIN
    FOR one IN SELECT DISTINCT meeting_id FROM participant_imports LOOP
        PERFORM FROM meetings WHERE id = one FOR UPDATE;
        {count};
        COMMIT;
    END LOOP;
END $$"""
# The newest call or decision about the meeting itself, not about its people or lists.
MARK_REFUSED = (
    "UPDATE meetings SET cancellation_refused = true WHERE state = 'scheduled' AND cancellation IS NULL AND id IN"
    " (SELECT j.meeting_id FROM journal_entries j WHERE j.action = 'cancel_meeting' AND j.outcome = 'refused'"
    " AND NOT EXISTS (SELECT 1 FROM journal_entries later WHERE later.meeting_id = j.meeting_id AND later.id > j.id"
    " AND later.participant_id IS NULL AND later.action NOT IN"
    " ('import_people', 'pause_list', 'resume_list', 'stop_list', 'send_later')))"
)

# A copy of `fold_for_search`, since a migration must not change with the code.
APOSTROPHES = "\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032\u00b4\u1ffd\uff07"
HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
PUNCTUATION = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
# What is folded otherwise than before holds one of these; the last ones decompose into some of the others.
COMPOSED = "ŉǿǾǽǼǣǢ\u0374\u1d2d\u1d9e\u2033\u2034\u2057\u207b\u208b\u210f\ua7f8\ua7f9\ufe31\ufe32\U00010783\U00010795\U000107a2"
CHANGED = APOSTROPHES + HYPHENS + "".join(LETTERS) + "ŁØĐÐĦŦÆŒÞ" + COMPOSED
TEXTS = {
    "meetings": ("title_search", "title"),
    "participants": ("search_text", "name || ' ' || coalesce(email, '')"),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            _upgrade_postgresql()
    else:
        _upgrade_sqlite()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            _clear_postgresql()
        return
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    for name in TRIGGERS:
        op.execute(f"DROP TRIGGER {name}")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE meetings DROP COLUMN {name}")


def _add_columns() -> None:
    for name in COLUMNS[:2]:
        op.add_column("meetings", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "meetings", sa.Column(COLUMNS[2], sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def _counts(row: str) -> dict[str, str]:
    dialect = op.get_bind().dialect.name
    return {"draft": DRAFT_ROWS[dialect].format(row=row), "kept": KEPT_ROWS[dialect].format(row=row)}


# --- SQLite: one transaction, during which others read and wait to write ---


def _upgrade_sqlite() -> None:
    _add_columns()
    new, old = _counts("new"), _counts("old")
    for name, event in TRIGGERS.items():
        draft, kept = (
            new[kind] if event == "INSERT" else f"({new[kind]}) - ({old[kind]})" for kind in ("draft", "kept")
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON participant_imports BEGIN UPDATE meetings"
            f" SET draft_row_count = draft_row_count + ({draft}), kept_row_count = kept_row_count + ({kept})"
            " WHERE id = new.meeting_id; END"
        )
    op.execute(COUNT_ROWS.format(of="IN (SELECT meeting_id FROM participant_imports)", **_counts("i")))
    op.execute(MARK_REFUSED)
    _fold_again()
    for name, (table, columns, condition) in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {table} ({columns}) WHERE {condition}")


# --- PostgreSQL: each statement is a transaction of its own, and none keeps the tables in use locked for long ---


def _upgrade_postgresql() -> None:
    _clear_postgresql()
    _add_columns()
    _create_postgresql_triggers()
    # From here on every change of an import is counted. What was there before is taken in now.
    count = COUNT_ROWS.format(of="= one", **_counts("i"))
    op.get_bind().exec_driver_sql(COUNT_ROWS_ONE_BY_ONE.format(count=count))
    op.execute(MARK_REFUSED)
    _fold_again()
    waits = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar_one()
    # What follows waits for transactions that are open, and nobody waits for it.
    op.execute("SET lock_timeout = 0")
    for name, (table, columns, condition) in INDEXES.items():
        op.execute(f"CREATE INDEX CONCURRENTLY {name} ON {table} ({columns}) WHERE {condition}")
    op.execute(f"SET lock_timeout = '{waits}'")


def _create_postgresql_triggers() -> None:
    new, old = _counts("new"), _counts("old")
    for name, event in TRIGGERS.items():
        draft, kept = (
            new[kind] if event == "INSERT" else f"({new[kind]}) - ({old[kind]})" for kind in ("draft", "kept")
        )
        body = (
            f"DECLARE draft integer := {draft}; kept integer := {kept}; BEGIN IF draft <> 0 OR kept <> 0 THEN"
            " UPDATE meetings SET draft_row_count = draft_row_count + draft, kept_row_count = kept_row_count + kept"
            " WHERE id = new.meeting_id; END IF; RETURN NULL; END"
        )
        op.get_bind().exec_driver_sql(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        )
        op.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON participant_imports FOR EACH ROW EXECUTE FUNCTION {name}()"
        )


def _clear_postgresql() -> None:
    """Remove whatever of this migration is there: all of it, or what was made before it was broken off."""
    for name in INDEXES:
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
    for name in TRIGGERS:
        op.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")  # its trigger goes with it
    for name in COLUMNS:
        op.execute(f"ALTER TABLE meetings DROP COLUMN IF EXISTS {name}")


# --- Both: rows with such a letter, in batches ---


def _fold_again() -> None:
    bind = op.get_bind()
    for table, (column, source) in TEXTS.items():
        matches = (
            f"({source}) ~ :pattern" if bind.dialect.name == "postgresql" else f"({source}) GLOB :pattern"
        )
        pattern = f"[{CHANGED}]" if bind.dialect.name == "postgresql" else f"*[{CHANGED}]*"
        found = sa.text(
            f"SELECT id, {source} AS source, {column} AS folded FROM {table}"
            f" WHERE id > :after AND {matches} ORDER BY id LIMIT {BATCH}"
        )
        # Not where it was changed meanwhile: by a process of this release, or by one of the release before.
        fold = sa.text(f"UPDATE {table} SET {column} = :new WHERE id = :id AND {column} = :old")
        after = 0
        while rows := bind.execute(found, {"after": after, "pattern": pattern}).all():
            after = rows[-1].id
            changed = [
                {"id": row.id, "new": new, "old": row.folded}
                for row in rows
                if (new := _fold(row.source)) != row.folded
            ]
            if changed:
                bind.execute(fold, changed)


def _fold(text: str) -> str:
    decomposed = _decompose(" ".join(text.translate(PUNCTUATION).split()))
    letters = "".join(char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cc", "Cf", "Cs"})
    return " ".join(letters.translate(PUNCTUATION).translate(str.maketrans(LETTERS)).split())


def _decompose(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", text).casefold())
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", folded.casefold()))
