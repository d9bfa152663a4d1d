"""What may have been done since a database was as it is now: held, until a person decides about it.

A database that was brought back knows nothing of what was sent after that moment. Whoever waited may have been mailed since, and a
call that was under way may have ended in any way; to go on from there would mail people twice. So:

- whoever waited in the outbox, and every call that was under way, is unknown, with a reason of its own;
- whoever was refused or not sent may have been corrected and mailed since: sending them again is offered with the same
  warning as for an unknown one, and not done for a whole list;
- a list of which rows were left may have been sent since: it is stopped, and somebody who is sure pastes it anew;
- sessions, and forms kept for after a sign-in, may have been ended since: they are.

It is plain SQL over columns that every release has had, so that it can be done in the transaction that brings the database back,
before anybody sees it and before an older schema is migrated. Before migration 0007 they had other names (`_FORMER_NAMES`).
"""

import re

from sqlalchemy import Connection, Dialect

from app.models import utc_now

REASON = "restored"
ACTOR = "command"
"""Who acts, for the journal and the audit."""

_UNCLOSED_CALLS = "UPDATE journal_entries SET outcome = 'unknown', finished_at = {now}, reason = '{reason}' WHERE outcome IS NULL"
# Nobody knows whether their calls were made: to the journal they were, and it says why nothing is known of them.
_CALLS_OF_THE_QUEUE = (
    "INSERT INTO journal_entries ({is_call} action, actor, meeting_id, participant_id, from_outbox, request,"
    " started_at, lease_expires_at, outcome, finished_at, reason)"
    " SELECT {yes} 'add_participant', '{actor}', meeting_id, id, true, '{{}}', {now}, {now}, 'unknown', {now}, '{reason}'"
    " FROM participants WHERE state IN ('queued', 'claimed') ORDER BY id"
)
_QUEUE = (
    "UPDATE participants SET state = 'unknown', possibly_mailed = (possibly_mailed OR send_invitation),"
    " claimed_by = NULL, claim_expires_at = NULL, updated_at = {now}"
    " WHERE state IN ('queued', 'claimed', 'sending')"
)
# Of several rows with one address, the one that reserves it is enough to warn of it.
_REFUSED = (
    "UPDATE participants SET possibly_mailed = true, updated_at = {now}"
    " WHERE state IN ('refused', 'not_sent') AND send_invitation AND NOT possibly_mailed AND NOT EXISTS (SELECT 1"
    " FROM participants twin WHERE twin.meeting_id = participants.meeting_id"
    " AND twin.email_key = participants.email_key AND twin.id <> participants.id AND twin.state <> 'discarded'"
    " AND (twin.state <> 'refused' OR twin.possibly_mailed OR (twin.send_invitation AND twin.id < participants.id)))"
)
_STOPPED = (
    "INSERT INTO journal_entries (action, actor, meeting_id, from_outbox, request, started_at, outcome, finished_at)"
    " SELECT 'stop_list', '{actor}', meeting_id, false, '{{}}', {now}, 'done', {now}"
    " FROM participant_imports WHERE {left} ORDER BY id"
)
_STATEMENTS = (
    _UNCLOSED_CALLS,
    _CALLS_OF_THE_QUEUE,
    _QUEUE,
    _REFUSED,
    "UPDATE meetings SET state = 'unknown' WHERE state = 'sending'",
    "UPDATE meetings SET cancellation = 'unknown' WHERE cancellation = 'sending'",
    _STOPPED,
    "UPDATE participant_imports SET state = 'stopped', pause_reason = NULL WHERE {left}",
)
_LEFT = "(state = 'draft' OR (state <> 'stopped' AND CAST(\"rows\" AS text) <> '[]'))"
# A database without this table gets it by a migration, which fills it from the same rows.
_MAILED_TABLE = "possibly_mailed_emails"
_POSSIBLY_MAILED = (
    f"INSERT INTO {_MAILED_TABLE} (meeting_id, email_key)"  # noqa: S608  (ours, above)
    " SELECT DISTINCT meeting_id, email_key FROM participants WHERE possibly_mailed AND email_key IS NOT NULL"
    f" AND NOT EXISTS (SELECT 1 FROM {_MAILED_TABLE} known WHERE known.meeting_id = participants.meeting_id"
    " AND known.email_key = participants.email_key)"
)
_ENDED = ("sessions", "saved_forms", "held_forms")

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


def statements(dialect: Dialect, tables: set[str]) -> list[str]:
    """What holds everything in a database that has these tables, in this order."""
    now = str(utc_now().compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    has_former_names = "journal_entries" not in tables
    call = dict.fromkeys(_IS_CALL, "") if has_former_names else _IS_CALL
    given = {"now": now, "reason": REASON, "actor": ACTOR, "left": _LEFT, **call}
    wanted = (*_STATEMENTS, _POSSIBLY_MAILED) if _MAILED_TABLE in tables else _STATEMENTS
    held = [(_with_former_names(text) if has_former_names else text).format(**given) for text in wanted]
    return held + [f"DELETE FROM {table}" for table in _ENDED if table in tables]  # noqa: S608  (ours, above)


def _with_former_names(statement: str) -> str:
    return re.sub(r"\w+", lambda word: _FORMER_NAMES.get(word[0], word[0]), statement)


def hold(connection: Connection, tables: set[str]) -> None:
    """Carry it out, in the transaction that the connection is in."""
    for statement in statements(connection.dialect, tables):
        connection.exec_driver_sql(statement)
