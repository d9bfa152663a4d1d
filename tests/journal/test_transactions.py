"""Every function that writes in a transaction says whether it runs again when the database rolls it back."""

import ast
from collections.abc import Iterator

from tests.support.test_run import ROOT

# They only add a row, or change one row that no other transaction waits for; or they change the cookie before.
NOT_RETRIED = {
    "app/admin/audit_queries.py: export_events",
    "app/auth/saved_forms.py: discard_if_submitted",
    "app/auth/oidc.py: _record_failure",
    "app/auth/sessions.py: _update_last_seen",
    "app/auth/sessions.py: end_session",
    "app/auth/sessions.py: create_session",
    "app/auth/sign_in.py: _record_failure",
    "app/auth/sign_in.py: _record_refusal",
    "app/auth/sign_in.py: sign_out",
    "app/auth/sign_in.py: start_session",
    # Whether the database takes a write now: a conflict says no.
    "app/database.py: require_writable",
    "app/operations/export.py: export_meetings",
    # The maintenance thread runs it again in its next round.
    "app/meetings/search.py: _reindex_batch",
    # A command that nothing else runs beside.
    "app/operations/backup.py: quarantine_database",
    # Used by the functions that are retried.
    "app/journal/submissions.py: submission_transaction",
    "app/outbox/creations.py: _try_begin_creation",
    "app/outbox/queue.py: _try_begin_send",
}


def _writing() -> Iterator[tuple[str, bool]]:
    """Each function with a write transaction, and whether it is retried."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef) and _opens_transaction(function):
                decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
                yield f"{path.relative_to(ROOT)}: {function.name}", "retry_on_rollback" in decorators


def _opens_transaction(function: ast.FunctionDef) -> bool:
    opened = (
        item.context_expr for node in ast.walk(function) if isinstance(node, ast.With) for item in node.items
    )
    return any(
        ast.unparse(one).startswith(
            ("write_transaction(", "submission_transaction(", "journal.submission_transaction(")
        )
        for one in opened
    )


def test_function_with_a_transaction_is_retried_or_says_why_not() -> None:
    assert {name for name, retried in _writing() if not retried} == NOT_RETRIED
