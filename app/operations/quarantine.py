"""Quarantine after a restore: everything that may have been sent since waits for a user's decision.

A restored database does not know what was sent since. A queued participant may have been mailed; a
call in flight may have had any outcome; resuming would mail people twice. So:

- queued participants and calls in flight become unknown, with a reason of their own;
- refused or unsent participants may have been corrected and mailed since: sending again shows the same
  warning as for an unknown one, and not done for a whole list;
- an unfinished import may have been sent since: it is stopped, and has to be pasted again;
- a meeting of a batch that waits may have been created since: it becomes unknown, like a call in flight; its
  batch is paused, and a draft of one is stopped;
- sessions and saved forms may have ended since: they are deleted.

It is plain SQL over columns that every release has had, so that it runs in the transaction of the restore:
before any process reads the data, and before an older schema is migrated. Before migration 0007 the tables
had other names (`_FORMER_NAMES`).
"""

import re

from sqlalchemy import Connection, Dialect

from app.models import utc_now

QUARANTINE_REASON = "restored"
ACTOR = "command"
"""The actor in the journal and the audit."""

_CLOSE_OPEN_CALLS_SQL = "UPDATE journal_entries SET outcome = 'unknown', finished_at = {now}, reason = '{reason}' WHERE outcome IS NULL"
# These calls may have been made: record each as an unknown outcome with the reason.
_RECORD_QUEUED_CALLS_SQL = (
    "INSERT INTO journal_entries ({is_call} action, actor, meeting_id, participant_id, from_outbox, request,"
    " started_at, lease_expires_at, outcome, finished_at, reason)"
    " SELECT {yes} 'add_participant', '{actor}', meeting_id, id, true, '{{}}', {now}, {now}, 'unknown', {now}, '{reason}'"
    " FROM participants WHERE state IN ('queued', 'claimed') ORDER BY id"
)
_MARK_QUEUED_UNKNOWN_SQL = (
    "UPDATE participants SET state = 'unknown', possibly_mailed = (possibly_mailed OR send_invitation),"
    " claimed_by = NULL, claim_expires_at = NULL, updated_at = {now}"
    " WHERE state IN ('queued', 'claimed', 'sending')"
)
# Of several rows with one e-mail, only the row that reserves it needs the warning.
_MARK_POSSIBLY_MAILED_SQL = (
    "UPDATE participants SET possibly_mailed = true, updated_at = {now}"
    " WHERE state IN ('refused', 'not_sent') AND send_invitation AND NOT possibly_mailed AND NOT EXISTS (SELECT 1"
    " FROM participants twin WHERE twin.meeting_id = participants.meeting_id"
    " AND twin.email_key = participants.email_key AND twin.id <> participants.id AND twin.state <> 'discarded'"
    " AND (twin.state <> 'refused' OR twin.possibly_mailed OR (twin.send_invitation AND twin.id < participants.id)))"
)
_RECORD_STOPPED_IMPORTS_SQL = (
    "INSERT INTO journal_entries (action, actor, meeting_id, from_outbox, request, started_at, outcome, finished_at)"
    " SELECT 'stop_list', '{actor}', meeting_id, false, '{{}}', {now}, 'done', {now}"
    " FROM participant_imports WHERE {left} ORDER BY id"
)
_TEMPLATES = (
    _CLOSE_OPEN_CALLS_SQL,
    _RECORD_QUEUED_CALLS_SQL,
    _MARK_QUEUED_UNKNOWN_SQL,
    _MARK_POSSIBLY_MAILED_SQL,
    "UPDATE meetings SET state = 'unknown' WHERE state = 'sending'",
    "UPDATE meetings SET cancellation = 'unknown' WHERE cancellation = 'sending'",
    _RECORD_STOPPED_IMPORTS_SQL,
    "UPDATE participant_imports SET state = 'stopped', pause_reason = NULL WHERE {left}",
)
# Of databases that have batches: before the people, who wait for these meetings.
_RECORD_QUEUED_MEETINGS_SQL = (
    "INSERT INTO journal_entries (is_call, action, actor, meeting_id, from_outbox, request,"
    " started_at, lease_expires_at, outcome, finished_at, reason)"
    " SELECT true, 'create_meeting', '{actor}', id, true, '{{}}', {now}, {now}, 'unknown', {now}, '{reason}'"
    " FROM meetings WHERE state IN ('queued', 'claimed') ORDER BY id"
)
_MARK_QUEUED_MEETINGS_UNKNOWN_SQL = (
    "UPDATE meetings SET state = 'unknown', claimed_by = NULL, claim_expires_at = NULL"
    " WHERE state IN ('queued', 'claimed')"
)
_BATCH_TEMPLATES = (
    _RECORD_QUEUED_MEETINGS_SQL,
    _MARK_QUEUED_MEETINGS_UNKNOWN_SQL,
    "UPDATE batches SET state = 'paused', pause_reason = '{reason}' WHERE state = 'running'",
    "UPDATE batches SET state = 'stopped', source = NULL, answers = NULL WHERE state = 'draft'",
)
_UNFINISHED_IMPORT_SQL = "(state = 'draft' OR (state <> 'stopped' AND CAST(\"rows\" AS text) <> '[]'))"
# An older database gets this table from a migration, which fills it from the same rows.
_POSSIBLY_MAILED_TABLE = "possibly_mailed_emails"
_INSERT_POSSIBLY_MAILED_SQL = (
    f"INSERT INTO {_POSSIBLY_MAILED_TABLE} (meeting_id, email_key)"  # noqa: S608  (ours, above)
    " SELECT DISTINCT meeting_id, email_key FROM participants WHERE possibly_mailed AND email_key IS NOT NULL"
    f" AND NOT EXISTS (SELECT 1 FROM {_POSSIBLY_MAILED_TABLE} known WHERE known.meeting_id = participants.meeting_id"
    " AND known.email_key = participants.email_key)"
)
_CLEARED_TABLES = ("sessions", "saved_forms", "held_forms")

_FORMER_NAMES = {
    "journal_entries": "journal",
    "started_at": "begun_at",
    "lease_expires_at": "expires_at",
    "outcome": "ending",
    "finished_at": "ended_at",
    "participant_imports": "lists",
    "pause_reason": "held_for",
    "send_invitation": "mailed",
    "possibly_mailed": "maybe_mailed",
    "updated_at": "changed_at",
    "claim_expires_at": "claimed_until",
}
# Migration 0007 adds this column, and fills it itself.
_IS_CALL = {"is_call": "is_call,", "yes": "true,"}


def quarantine_statements(dialect: Dialect, tables: set[str]) -> list[str]:
    """The quarantine SQL for a database with these tables, in order."""
    now = str(utc_now().compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    has_former_names = "journal_entries" not in tables
    call = dict.fromkeys(_IS_CALL, "") if has_former_names else _IS_CALL
    given = {"now": now, "reason": QUARANTINE_REASON, "actor": ACTOR, "left": _UNFINISHED_IMPORT_SQL, **call}
    wanted = list((*_BATCH_TEMPLATES, *_TEMPLATES) if "batches" in tables else _TEMPLATES)
    wanted += [_INSERT_POSSIBLY_MAILED_SQL] if _POSSIBLY_MAILED_TABLE in tables else []
    sql = [(_with_former_names(text) if has_former_names else text).format(**given) for text in wanted]
    return sql + [f"DELETE FROM {table}" for table in _CLEARED_TABLES if table in tables]  # noqa: S608  (ours, above)


def _with_former_names(statement: str) -> str:
    return re.sub(r"\w+", lambda word: _FORMER_NAMES.get(word[0], word[0]), statement)


def quarantine(connection: Connection, tables: set[str]) -> None:
    """Run the quarantine statements in the connection's transaction."""
    for statement in quarantine_statements(connection.dialect, tables):
        connection.exec_driver_sql(statement)
