"""No result of a state change is dropped: read from the source, since a dropped result fails no other test."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.test_run import ROOT

APP = ROOT / "app"
TRANSITIONS = (APP / "models/transitions.py", APP / "models/batch_transitions.py")
MAY_UPDATE = {
    "models/transitions.py",  # every state of meetings, cancellations, participants and lists
    "models/batch_transitions.py",  # batches, and what is unsent of one that is stopped or of a cancelled series
    "admin/erasure/places.py",  # the detail of an audit event, which is no state
    "outbox/claims.py",  # claims of participants and meetings
    "outbox/statements.py",  # claimed participants
    "outbox/meeting_statements.py",  # claimed meetings
    "journal/entries.py",  # an entry's outcome
    "database.py",  # a write that changes no row, to see whether the database takes writes
    "auth/sessions.py",  # when a session was last seen, which is no state
}
EXECUTES = {"execute", "scalar", "scalars"}
# Without a result to look at: what is read for its lock, written anew, or deleted, however much there was of it.
RESULT_FREE = {"select", "insert", "delete", "text"}
# Only a SELECT is locked so, and only an INSERT gives way so.
RESULT_FREE_METHODS = {"with_for_update", "on_conflict_do_nothing"}

DROPPED = [
    "session.execute(update(Participant).values(state=to))",
    "session.execute(_transition_statement(), {'owner': owner})",
    "session.execute(statement.values(state=to))",
    "transition_participant(session, 1, to)",
    "transitions.transition_import(session, 1, to)",
    "_ = transition_import(session, 1, to)",
]
USED = [
    "require_transition(transition_participant(session, 1, to))",
    "ignore_result(session.execute(statement))",
    "moved = transition_meeting(session, 1, to)",
    "session.execute(select(Meeting.id).with_for_update())",
    "session.execute(delete(SavedForm).where(old))",
    "connection.execute('PRAGMA journal_mode = WAL')",
]


def sources() -> list[Path]:
    return [path for path in sorted(APP.rglob("*.py")) if "sandbox" not in path.parts]


def transitions() -> set[str]:
    """The functions whose result says whether anything changed."""
    bodies = [node for path in TRANSITIONS for node in ast.parse(path.read_text()).body]
    functions = [node for node in bodies if isinstance(node, ast.FunctionDef)]
    return {f.name for f in functions if f.returns is not None and ast.unparse(f.returns) in {"bool", "int"}}


def dropped(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls whose result is dropped although it says whether a row changed."""
    names = transitions()
    for node in ast.walk(tree):
        thrown_away = isinstance(node, ast.Expr) or (
            isinstance(node, ast.Assign)
            and all(ast.unparse(target).startswith("_") for target in node.targets)
        )
        if (
            not thrown_away
            or not isinstance(node, ast.Expr | ast.Assign)
            or not isinstance(node.value, ast.Call)
        ):
            continue
        module, _, called = ast.unparse(node.value.func).rpartition(".")
        if module == "executor":  # app.journal.executor, which raises or records the outcome
            continue
        if called in names or (called in EXECUTES and not _is_result_free(node.value)):
            yield node.value


def _is_result_free(call: ast.Call) -> bool:
    statement: ast.expr | None = call.args[0] if call.args else None
    if isinstance(statement, ast.Constant | ast.JoinedStr):
        return True
    while isinstance(statement, ast.Call | ast.Attribute):
        if isinstance(statement, ast.Attribute) and statement.attr in RESULT_FREE_METHODS:
            return True
        if isinstance(statement, ast.Call) and isinstance(statement.func, ast.Name):
            return statement.func.id in RESULT_FREE
        statement = statement.func if isinstance(statement, ast.Call) else statement.value
    return False


@pytest.mark.parametrize("code", DROPPED)
def test_dropped_result_is_found(code: str) -> None:
    assert list(dropped(ast.parse(code)))


@pytest.mark.parametrize("code", USED)
def test_used_result_is_accepted(code: str) -> None:
    assert not list(dropped(ast.parse(code)))


def test_transitions_are_known_to_this_test() -> None:
    assert {
        "transition_meeting",
        "transition_participant",
        "transition_cancellation",
        "transition_import",
        "transition_batch",
        "complete_cancellation",
    } <= transitions()


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(APP)))
def test_no_result_of_a_state_change_is_dropped(path: Path) -> None:
    found = [
        f"{path.name}:{call.lineno}: {ast.unparse(call)}" for call in dropped(ast.parse(path.read_text()))
    ]
    assert found == []


def test_only_the_known_modules_write_updates() -> None:
    """A module that is added here has its statements looked at first."""
    writing = {
        str(path.relative_to(APP))
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("sqlalchemy")
        and any(alias.name in {"update", "Update"} for alias in node.names)
    }
    assert writing == MAY_UPDATE


def test_no_state_is_assigned_past_the_conditional_update() -> None:
    assigned = [
        f"{path.relative_to(APP)}:{node.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Attribute) and t.attr in {"state", "cancellation"} for t in node.targets)
    ]
    assert assigned == []
