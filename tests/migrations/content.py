"""What a database holds, by table and key, and the same under the names that migration 0007 gives it."""

from typing import Any

from sqlalchemy import Connection, select

from tests.migrations.fill_rows import tables_of

Content = dict[str, dict[Any, dict[str, Any]]]

TABLES = {
    "journal": "journal_entries",
    "audit": "audit_events",
    "lists": "participant_imports",
    "pace": "rate_limit_state",
    "held_forms": "saved_forms",
    "sign_in_attempts": "failed_sign_ins",
    "search_queue": "search_reindex_queue",
}

COLUMNS: dict[str, dict[str, str]] = {
    "journal_entries": {
        "begun_at": "started_at",
        "expires_at": "lease_expires_at",
        "ending": "outcome",
        "ended_at": "finished_at",
        "status": "http_status",
        "code": "error_code",
        "message": "error_message",
        "retry_at": "retry_after",
        "answer": "response",
        "address": "ip_address",
    },
    "audit_events": {"at": "created_at", "address": "ip_address", "subject": "target_username"},
    "participant_imports": {"held_for": "pause_reason"},
    "rate_limit_state": {
        "calls": "call_limit",
        "seconds": "window_seconds",
        "announced": "announced_window_seconds",
        "outages": "consecutive_failures",
        "strikes": "consecutive_429s",
    },
    "saved_forms": {"key_hash": "token_hash", "sealed": "data_encrypted", "held_at": "created_at"},
    "failed_sign_ins": {"address": "ip_address", "at": "attempted_at"},
    "accounts": {"temporary_until": "temporary_password_expires_at", "subject": "oidc_subject"},
    "sessions": {"key_hash": "token_hash", "seen_at": "last_seen_at"},
    "meetings": {"title_folded": "title_search", "people_in_trouble": "problem_count"},
    "participants": {
        "mailed": "send_invitation",
        "maybe_mailed": "possibly_mailed",
        "folded": "search_text",
        "token_sealed": "token_encrypted",
        "changed_at": "updated_at",
        "list_id": "import_id",
        "claimed_until": "claim_expires_at",
    },
}


def content(connection: Connection) -> Content:
    """Every row of every table, by its key."""
    found: Content = {}
    for table in tables_of(connection):
        keys = [column.name for column in table.primary_key]
        found[table.name] = {
            tuple(row[key] for key in keys): dict(row) for row in connection.execute(select(table)).mappings()
        }
    return found


def renamed(before: Content) -> Content:
    """What a database of revision 0006 holds, as it should be found at 0007."""
    found: Content = {}
    for old_name, table in before.items():
        name = TABLES.get(old_name, old_name)
        columns = COLUMNS.get(name, {})
        found[name] = {
            key: {columns.get(column, column): value for column, value in row.items()}
            for key, row in table.items()
        }
    return found
