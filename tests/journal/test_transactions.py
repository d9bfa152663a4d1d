"""Every function that writes in a transaction says whether it runs again when the database rolls it back."""

import ast
from collections.abc import Iterator

from tests.support.runs import ROOT

# They only add a row, or change one row that no other transaction waits for; or they change the cookie before.
NOT_RETRIED = {
    "app/accounts/audit_queries.py: export",
    "app/identity/held.py: sent",
    "app/identity/oidc.py: _failed",
    "app/identity/sessions.py: _touch",
    "app/identity/sessions.py: end",
    "app/identity/sessions.py: start",
    "app/identity/signing.py: _record_failure",
    "app/identity/signing.py: _record_refusal",
    "app/identity/signing.py: sign_out",
    "app/identity/signing.py: welcome",
    "app/operations/export.py: write_all",
    # The keeper runs it again in its next round.
    "app/meetings/search.py: _refresh_some",
    # A command that nothing else runs beside.
    "app/operations/backup.py: hold",
    # Used by the functions that are retried.
    "app/journal.py: once",
    "app/outbox/claims.py: _start",
}


def _writing() -> Iterator[tuple[str, bool]]:
    """Each function with a write transaction, and whether it is retried."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text())):
            if isinstance(function, ast.FunctionDef) and _opens_transaction(function):
                decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
                yield f"{path.relative_to(ROOT)}: {function.name}", "retried" in decorators


def _opens_transaction(function: ast.FunctionDef) -> bool:
    opened = (
        item.context_expr for node in ast.walk(function) if isinstance(node, ast.With) for item in node.items
    )
    return any(ast.unparse(one).startswith(("transaction(", "once(", "journal.once(")) for one in opened)


def test_function_with_a_transaction_is_retried_or_says_why_not() -> None:
    assert {name for name, retried in _writing() if not retried} == NOT_RETRIED
