"""search, meetings that need attention, meetings of one person.

What is searched of a meeting stands in one row of `search_texts`: the title and everybody's name and e-mail, folded. Any
change puts the meeting into `search_queue`, and `app.meetings.search` writes its text anew soon after. Both databases index
those texts by every three letters in a row, with what each of them brings along: no extension is needed.

A migration that was broken off begins anew.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TROUBLE = "('refused', 'not_sent', 'unknown')"

KEPT = "meetings.state <> 'discarded'"
LISTED = "meetings.state NOT IN ('cancelled', 'discarded')"
CANCELLED = "meetings.state = 'cancelled'"
ATTENTION = (
    f"(meetings.state IN {TROUBLE} OR meetings.cancellation IN ('unknown', 'not_sent')"
    " OR meetings.people_in_trouble > 0) AND meetings.state <> 'discarded'"
)
INDEXES = {
    "ix_meetings_kept": ("starts_at, id", KEPT),
    "ix_meetings_attention": ("starts_at, id", ATTENTION),
    "ix_meetings_kept_mine": ("created_by, starts_at, id", KEPT),
    "ix_meetings_listed_mine": ("created_by, starts_at, id", LISTED),
    "ix_meetings_cancelled_mine": ("created_by, starts_at, id", CANCELLED),
    "ix_meetings_attention_mine": ("created_by, starts_at, id", ATTENTION),
}

# Everybody who is not discarded, each on a line. Two line ends close the text, so that its last letters, too, are followed
# by two more.
TEXTS = (
    "INSERT INTO search_texts (meeting_id, text) SELECT m.id, m.title_folded || {line} || coalesce((SELECT"
    " {joined} FROM participants p WHERE p.meeting_id = m.id AND p.state <> 'discarded') || {line}, '') || {line}"
    " FROM meetings m ORDER BY m.id"
)

WITH_TROUBLE = f"SELECT meeting_id FROM participants WHERE state IN {TROUBLE}"
COUNT_TROUBLE = (
    "UPDATE meetings SET people_in_trouble = (SELECT count(*) FROM participants p"
    f" WHERE p.meeting_id = meetings.id AND p.state IN {TROUBLE}) WHERE id {{of}}"
)
# While others go on working: whoever changes a person meanwhile adds to the meeting's count before or after, never between,
# since the meeting is locked first and its people are counted by a statement of its own.
COUNT_TROUBLE_ONE_BY_ONE = f"""
DO $$ DECLARE one bigint; BEGIN
    FOR one IN {WITH_TROUBLE} UNION SELECT id FROM meetings WHERE people_in_trouble <> 0 LOOP
        PERFORM FROM meetings WHERE id = one FOR UPDATE;
        {COUNT_TROUBLE.format(of="= one")};
        COMMIT;
    END LOOP;
END $$"""

# What sets each trigger off: its table, when, under which condition, and the row that it is about.
FOLDED = "old.folded <> new.folded OR (old.state = 'discarded') <> (new.state = 'discarded')"
CROSSED = f"(old.state IN {TROUBLE}) <> (new.state IN {TROUBLE})"
TO_SEARCH = {
    "search_meeting_added": ("meetings", "INSERT", None, "new.id"),
    "search_meeting_changed": (
        "meetings",
        "UPDATE OF title_folded",
        "old.title_folded <> new.title_folded",
        "new.id",
    ),
    "search_meeting_gone": ("meetings", "DELETE", None, "old.id"),
    "search_person_added": ("participants", "INSERT", None, "new.meeting_id"),
    "search_person_changed": ("participants", "UPDATE OF folded, state", FOLDED, "new.meeting_id"),
    "search_person_gone": ("participants", "DELETE", None, "old.meeting_id"),
}
OF_TROUBLE = {
    "trouble_person_added": ("INSERT", f"new.state IN {TROUBLE}", "1", "new.meeting_id"),
    "trouble_person_moved": (
        "UPDATE OF state",
        CROSSED,
        f"CASE WHEN new.state IN {TROUBLE} THEN 1 ELSE -1 END",
        "new.meeting_id",
    ),
    "trouble_person_gone": ("DELETE", f"old.state IN {TROUBLE}", "-1", "old.meeting_id"),
}
COUNTED = "UPDATE meetings SET people_in_trouble = people_in_trouble + {by} WHERE id = {meeting};"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _upgrade_postgresql()
    else:
        _upgrade_sqlite()


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        with op.get_context().autocommit_block():
            _clear_postgresql()
    else:
        _downgrade_sqlite()


def _create_tables() -> None:
    op.create_table(
        "search_texts",
        sa.Column("meeting_id", KEY, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", name="pk_search_texts"),
    )
    op.create_table(
        "search_queue",
        sa.Column("id", KEY, nullable=False),
        sa.Column("meeting_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_queue"),
    )
    op.create_index("ix_search_queue_meeting_id", "search_queue", ["meeting_id"])
    op.add_column("meetings", sa.Column("people_in_trouble", sa.Integer(), server_default="0", nullable=False))


# --- SQLite: one transaction, during which others read and wait to write ---


def _upgrade_sqlite() -> None:
    _refuse_without_fts5()
    _create_tables()
    for name, (table, event, condition, meeting) in TO_SEARCH.items():
        # Writers follow each other here, so a meeting that waits already needs no second row.
        queued = (
            f"INSERT INTO search_queue (meeting_id) SELECT {meeting}"
            f" WHERE NOT EXISTS (SELECT 1 FROM search_queue WHERE meeting_id = {meeting});"
        )
        _create_sqlite_trigger(name, table, event, condition, queued)
    for name, (event, condition, by, meeting) in OF_TROUBLE.items():
        _create_sqlite_trigger(
            name, "participants", event, condition, COUNTED.format(by=by, meeting=meeting)
        )
    op.execute(COUNT_TROUBLE.format(of=f"IN ({WITH_TROUBLE})"))
    # It keeps, for each three letters in a row, only in which texts they stand, and reads the texts in `search_texts`.
    op.execute(
        "CREATE VIRTUAL TABLE search_index USING fts5(text, content='search_texts', content_rowid='meeting_id',"
        " tokenize='trigram case_sensitive 1', detail='none', columnsize=0)"
    )
    op.execute("CREATE VIRTUAL TABLE search_terms USING fts5vocab('search_index', 'row')")
    op.execute(TEXTS.format(line="char(10)", joined="group_concat(p.folded, char(10))"))
    op.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    added = "INSERT INTO search_index (rowid, text) VALUES (new.meeting_id, new.text);"
    gone = (
        "INSERT INTO search_index (search_index, rowid, text) VALUES ('delete', old.meeting_id, old.text);"
    )
    _create_sqlite_trigger("search_text_added", "search_texts", "INSERT", None, added)
    _create_sqlite_trigger("search_text_changed", "search_texts", "UPDATE", None, gone + added)
    _create_sqlite_trigger("search_text_gone", "search_texts", "DELETE", None, gone)
    for name, (columns, condition) in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON meetings ({columns}) WHERE {condition}")


def _refuse_without_fts5() -> None:
    try:
        op.execute("CREATE VIRTUAL TABLE temp.search_probe USING fts5(text, tokenize='trigram')")
    except sa.exc.OperationalError as error:
        raise RuntimeError(
            "search needs an SQLite of 3.34 or later with FTS5, and this Python has another one: use PostgreSQL, or a"
            " Python of your system that has it"
        ) from error
    op.execute("DROP TABLE temp.search_probe")


def _create_sqlite_trigger(name: str, table: str, event: str, condition: str | None, action: str) -> None:
    when = f" WHEN {condition}" if condition else ""
    op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table}{when} BEGIN {action} END")


def _downgrade_sqlite() -> None:
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    for name in (*TO_SEARCH, *OF_TROUBLE):
        op.execute(f"DROP TRIGGER {name}")
    for table in ("search_terms", "search_index", "search_texts", "search_queue"):
        op.drop_table(table)
    op.execute("ALTER TABLE meetings DROP COLUMN people_in_trouble")


# --- PostgreSQL: each statement is a transaction of its own, and none keeps the tables in use locked for long ---


def _upgrade_postgresql() -> None:
    with op.get_context().autocommit_block():
        _clear_postgresql()
        _create_tables()
        _create_postgresql_triggers()
        # From here on every change queues its meeting and is counted. What was there before is taken in now.
        op.execute(COUNT_TROUBLE_ONE_BY_ONE)
        texts = TEXTS.format(line="chr(10)", joined="string_agg(p.folded, chr(10) ORDER BY p.id)")
        op.execute(f"{texts} ON CONFLICT DO NOTHING")  # if a process of this release was quicker
        op.execute("CREATE INDEX ix_search_texts_grams ON search_texts USING gin (search_grams(text))")
        op.execute("ANALYZE search_texts")
        waits = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar_one()
        op.execute("SET lock_timeout = 0")  # what follows waits for transactions that are open, and nobody waits for it
        for name, (columns, condition) in INDEXES.items():
            op.execute(f"CREATE INDEX CONCURRENTLY {name} ON meetings ({columns}) WHERE {condition}")
        op.execute(f"SET lock_timeout = '{waits}'")


def _create_postgresql_triggers() -> None:
    # The letters from the first on in threes, from the second on and from the third on: each three in a row, and what is
    # left at the end. No text holds the separator.
    threes = "rtrim(regexp_replace({words}, '(...)', '\\1' || chr(1), 'g'), chr(1))"
    parts = " || chr(1) || ".join(
        threes.format(words=words) for words in ("words", "substr(words, 2)", "substr(words, 3)")
    )
    op.execute(
        "CREATE FUNCTION search_grams(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS"
        f" $$ SELECT array_to_tsvector(string_to_array(rtrim({parts}, chr(1)), chr(1))) $$"
    )
    for name, (table, event, condition, meeting) in TO_SEARCH.items():
        queued = f"INSERT INTO search_queue (meeting_id) VALUES ({meeting});"
        _create_postgresql_trigger(name, table, event, condition, queued)
    for name, (event, condition, by, meeting) in OF_TROUBLE.items():
        _create_postgresql_trigger(
            name, "participants", event, condition, COUNTED.format(by=by, meeting=meeting)
        )


def _create_postgresql_trigger(
    name: str, table: str, event: str, condition: str | None, action: str
) -> None:
    when = f" WHEN ({condition})" if condition else ""
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {action} RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW{when} EXECUTE FUNCTION {name}()"
    )


def _clear_postgresql() -> None:
    """Remove whatever of this migration is there: all of it, or what was made before it was broken off."""
    for name in INDEXES:
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
    for name in (*TO_SEARCH, *OF_TROUBLE):
        op.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")  # its trigger goes with it
    op.execute("DROP TABLE IF EXISTS search_texts, search_queue")
    op.execute("DROP FUNCTION IF EXISTS search_grams")
    op.execute("ALTER TABLE meetings DROP COLUMN IF EXISTS people_in_trouble")
