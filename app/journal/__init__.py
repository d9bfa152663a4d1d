"""The journal: every call to Zelta is recorded here before it is sent (a write-ahead log).

    with submission_transaction(submission) as session:  # 1. commit the intent …
        …the row, in state `sending`…
        call = record_call(session, intent)
    execute_call(call)  # 2. … before a byte is sent; the outcome completes the entry

If the process dies in between, the entry has no outcome. Its lease expires, and `expire_lost_calls` sets it
to unknown, never to done or not sent. A response that arrives later still counts, unless a coordinator has
resolved the row.

`submission_id` is the idempotency key of a form. It is unique: a form submitted twice is one intent.
"""

from app.journal.calls import execute_call, expire_lost_calls
from app.journal.entries import Intent, PendingCall, complete_entry, record_call, record_decision
from app.journal.submissions import DuplicateSubmission, Submission, submission_transaction

__all__ = [
    "DuplicateSubmission",
    "Intent",
    "PendingCall",
    "Submission",
    "complete_entry",
    "execute_call",
    "expire_lost_calls",
    "record_call",
    "record_decision",
    "submission_transaction",
]
