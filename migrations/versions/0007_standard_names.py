"""tables and columns in standard words.

Run it with the dashboard and its senders stopped: every other release names the old tables, so this is the one migration
that cannot run beside the release before it (`docs/decisions/0010-online-migrations.md`). A call of a process that was
left running ends as unknown, like one whose process died.

No table is rebuilt and no row is written, except for the new `journal_entries.is_call`. SQLite rewrites the triggers,
checks and foreign keys that name a renamed table or column, and PostgreSQL all of these but the bodies of functions.

Revision: 0007, after 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = {
    "journal": "journal_entries",
    "audit": "audit_events",
    "lists": "participant_imports",
    "pace": "rate_limit_state",
    "held_forms": "saved_forms",
    "sign_in_attempts": "failed_sign_ins",
    "search_queue": "search_reindex_queue",
}

# Of each table, by its new name: the columns, old and new.
COLUMNS = {
    "journal_entries": {
        "ending": "outcome",
        "begun_at": "started_at",
        "ended_at": "finished_at",
        "expires_at": "lease_expires_at",
        "status": "http_status",
        "code": "error_code",
        "message": "error_message",
        "answer": "response",
        "retry_at": "retry_after",
        "address": "ip_address",
    },
    "audit_events": {"at": "created_at", "address": "ip_address", "subject": "target_username"},
    "accounts": {"subject": "oidc_subject", "temporary_until": "temporary_password_expires_at"},
    "sessions": {"key_hash": "token_hash", "seen_at": "last_seen_at"},
    "saved_forms": {"key_hash": "token_hash", "sealed": "data_encrypted", "held_at": "created_at"},
    "failed_sign_ins": {"at": "attempted_at", "address": "ip_address"},
    "participants": {
        "mailed": "send_invitation",
        "maybe_mailed": "possibly_mailed",
        "folded": "search_text",
        "token_sealed": "token_encrypted",
        "changed_at": "updated_at",
        "claimed_until": "claim_expires_at",
        "list_id": "import_id",
    },
    "participant_imports": {"held_for": "pause_reason"},
    "meetings": {"title_folded": "title_search", "people_in_trouble": "problem_count"},
    "rate_limit_state": {
        "calls": "call_limit",
        "seconds": "window_seconds",
        "announced": "announced_window_seconds",
        "outages": "consecutive_failures",
        "strikes": "consecutive_429s",
    },
}

INDEXES = {
    "ix_journal_in_flight": "ix_journal_entries_in_flight",
    "ix_journal_meeting_id_id": "ix_journal_entries_meeting_id_id",
    "ix_journal_participant_id_id": "ix_journal_entries_participant_id_id",
    "uq_journal_participant_id_decision_number": "uq_journal_entries_participant_id_decision_number",
    "ix_audit_meeting_id_id": "ix_audit_events_meeting_id_id",
    "ix_audit_actor_at": "ix_audit_events_actor_created_at",
    "ix_audit_actor_action_at": "ix_audit_events_actor_action_created_at",
    "ix_audit_subject_at": "ix_audit_events_target_username_created_at",
    "ix_audit_action_at": "ix_audit_events_action_created_at",
    "ix_audit_at": "ix_audit_events_created_at",
    "ix_lists_meeting_id": "ix_participant_imports_meeting_id",
    "ix_participants_list_id_state": "ix_participants_import_id_state",
    "ix_participants_meeting_id_changed_at": "ix_participants_meeting_id_updated_at",
    "ix_sessions_seen_at": "ix_sessions_last_seen_at",
    "ix_sign_in_attempts_at": "ix_failed_sign_ins_attempted_at",
    "ix_sign_in_attempts_name_hash_at": "ix_failed_sign_ins_name_hash_attempted_at",
    "ix_sign_in_attempts_address_at": "ix_failed_sign_ins_ip_address_attempted_at",
    "ix_held_forms_held_at": "ix_saved_forms_created_at",
    "ix_search_queue_meeting_id": "ix_search_reindex_queue_meeting_id",
}

# Of each table, by its new name.
CONSTRAINTS = {
    "journal_entries": {
        "pk_journal": "pk_journal_entries",
        "uq_journal_submission_id": "uq_journal_entries_submission_id",
        "fk_journal_meeting_id_meetings": "fk_journal_entries_meeting_id_meetings",
        "fk_journal_participant_id_participants": "fk_journal_entries_participant_id_participants",
        "ck_journal_action": "ck_journal_entries_action",
        "ck_journal_ending": "ck_journal_entries_outcome",
    },
    "audit_events": {
        "pk_audit": "pk_audit_events",
        "uq_audit_entry_id": "uq_audit_events_entry_id",
        "fk_audit_meeting_id_meetings": "fk_audit_events_meeting_id_meetings",
        "fk_audit_participant_id_participants": "fk_audit_events_participant_id_participants",
        "fk_audit_entry_id_journal": "fk_audit_events_entry_id_journal_entries",
    },
    "participant_imports": {
        "pk_lists": "pk_participant_imports",
        "fk_lists_meeting_id_meetings": "fk_participant_imports_meeting_id_meetings",
        "ck_lists_state": "ck_participant_imports_state",
    },
    "rate_limit_state": {
        "pk_pace": "pk_rate_limit_state",
        "ck_pace_only_one": "ck_rate_limit_state_only_one",
    },
    "saved_forms": {
        "pk_held_forms": "pk_saved_forms",
        "uq_held_forms_key_hash": "uq_saved_forms_token_hash",
        "fk_held_forms_account_id_accounts": "fk_saved_forms_account_id_accounts",
    },
    "failed_sign_ins": {"pk_sign_in_attempts": "pk_failed_sign_ins"},
    "search_reindex_queue": {"pk_search_queue": "pk_search_reindex_queue"},
    "accounts": {"uq_accounts_subject": "uq_accounts_oidc_subject"},
    "sessions": {"uq_sessions_key_hash": "uq_sessions_token_hash"},
    "participants": {"fk_participants_list_id_lists": "fk_participants_import_id_participant_imports"},
}

OLD_CALLS = ("ix_journal_calls_ended", "journal", "ended_at", "journal.expires_at IS NOT NULL")
NEW_CALLS = (
    "ix_journal_entries_calls_finished",
    "journal_entries",
    "finished_at",
    "journal_entries.is_call",
)

# PostgreSQL keeps the body of a function as text. Of each function: what is replaced in it, old and new.
FUNCTIONS = {
    "audit_journal": {
        "INTO audit (at, action, actor, address,": "INTO audit_events (created_at, action, actor, ip_address,",
        "new.begun_at": "new.started_at",
        "new.address": "new.ip_address",
    },
    **dict.fromkeys(
        (
            "search_meeting_added",
            "search_meeting_changed",
            "search_meeting_gone",
            "search_person_added",
            "search_person_changed",
            "search_person_gone",
        ),
        {"INTO search_queue ": "INTO search_reindex_queue "},
    ),
    **dict.fromkeys(
        ("trouble_person_added", "trouble_person_moved", "trouble_person_gone"),
        {"SET people_in_trouble = people_in_trouble ": "SET problem_count = problem_count "},
    ),
}
SEQUENCES = {
    f"{old}_id_seq": f"{new}_id_seq" for old, new in TABLES.items() if new != "rate_limit_state"
}


def upgrade() -> None:
    _lock(TABLES)
    op.drop_index(OLD_CALLS[0], "journal")
    for old, new in TABLES.items():
        op.rename_table(old, new)
    for table, columns in COLUMNS.items():
        for old, new in columns.items():
            op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    _rename_the_rest(INDEXES, CONSTRAINTS)
    if op.get_bind().dialect.name == "postgresql":
        _rename_sequences(SEQUENCES)
        _rewrite_functions(FUNCTIONS)
        op.execute("ALTER FUNCTION search_grams(text) RENAME TO search_trigrams")
        op.execute("ALTER INDEX ix_search_texts_grams RENAME TO ix_search_texts_trigrams")
    op.add_column(
        "journal_entries", sa.Column("is_call", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute("UPDATE journal_entries SET is_call = true WHERE lease_expires_at IS NOT NULL")
    _create_calls_index(*NEW_CALLS)


def downgrade() -> None:
    _lock(TABLES.values())
    op.drop_index(NEW_CALLS[0], "journal_entries")
    op.drop_column("journal_entries", "is_call")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER INDEX ix_search_texts_trigrams RENAME TO ix_search_texts_grams")
        op.execute("ALTER FUNCTION search_trigrams(text) RENAME TO search_grams")
        _rewrite_functions({name: _turned(parts) for name, parts in FUNCTIONS.items()})
        _rename_sequences(_turned(SEQUENCES))
    _rename_the_rest(_turned(INDEXES), {table: _turned(names) for table, names in CONSTRAINTS.items()})
    for table, columns in COLUMNS.items():
        for old, new in columns.items():
            op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    for old, new in TABLES.items():
        op.rename_table(new, old)
    _create_calls_index(*OLD_CALLS)


def _turned(names: dict[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


def _lock(renamed) -> None:
    """Lock all tables at once on PostgreSQL, so that a process that was left running cannot meet us half way."""
    if op.get_bind().dialect.name == "postgresql":
        tables = ("meetings", "participants", "accounts", "sessions", "search_texts", *renamed)
        op.execute(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")


def _create_calls_index(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)


def _rename_the_rest(indexes: dict[str, str], constraints: dict[str, dict[str, str]]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _edit_sqlite_schema(indexes, constraints)
        return
    for old, new in indexes.items():
        op.execute(f"ALTER INDEX {old} RENAME TO {new}")
    for table, names in constraints.items():
        for old, new in names.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}")


def _edit_sqlite_schema(indexes: dict[str, str], constraints: dict[str, dict[str, str]]) -> None:
    """Change names in the stored text of the schema, for which SQLite has no ALTER statement.

    This is the procedure of https://www.sqlite.org/lang_altertable.html#otheralter for changes that leave the content of
    the file as it is. The statements around it have raised the schema's version, so other connections read it anew.
    """
    bind = op.get_bind()
    bind.exec_driver_sql("PRAGMA writable_schema = ON")
    for old, new in indexes.items():
        bind.exec_driver_sql(
            "UPDATE sqlite_master SET name = :new, sql = replace(sql, 'INDEX ' || :old || ' ON', 'INDEX ' || :new || ' ON')"
            " WHERE type = 'index' AND name = :old",
            {"old": old, "new": new},
        )
    for table, names in constraints.items():
        for old, new in names.items():
            bind.exec_driver_sql(
                "UPDATE sqlite_master SET sql = replace(sql, 'CONSTRAINT ' || :old || ' ', 'CONSTRAINT ' || :new || ' ')"
                " WHERE type = 'table' AND name = :table",
                {"old": old, "new": new, "table": table},
            )
    # Also reads the schema anew, for the statements that follow.
    bind.exec_driver_sql("PRAGMA writable_schema = RESET")


def _rename_sequences(names: dict[str, str]) -> None:
    for old, new in names.items():
        op.execute(f"ALTER SEQUENCE {old} RENAME TO {new}")


def _rewrite_functions(functions: dict[str, dict[str, str]]) -> None:
    for name, parts in functions.items():
        definition = op.get_bind().scalar(
            sa.text("SELECT pg_get_functiondef(CAST(:name AS regproc))"), {"name": name}
        )
        for old, new in parts.items():
            if old not in definition:
                raise RuntimeError(f"the function {name} of this database is not ours: it has no «{old}»")
            definition = definition.replace(old, new)
        op.get_bind().exec_driver_sql(definition.replace("%", "%%"))
