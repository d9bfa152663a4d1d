"""Fault injection: which calls fail, how, and how often."""

from dataclasses import dataclass
from enum import StrEnum

from .storage import Store


class Call(StrEnum):
    """The three calls of the API."""

    CREATE = "create"
    ADD = "add"
    CANCEL = "cancel"


class Fault(StrEnum):
    """What may go wrong with a call."""

    REFUSE = "refuse"
    WRONG_KEY = "wrong_key"
    SUSPENDED = "suspended"
    TOO_MANY = "too_many"
    SERVER_ERROR = "server_error"
    HANG_BEFORE = "hang_before"
    HANG_AFTER = "hang_after"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    NONSENSE = "nonsense"
    WITHOUT_IDS = "without_ids"


PROCESSED_FAULTS = frozenset({Fault.HANG_AFTER, Fault.DROP_AFTER, Fault.NONSENSE, Fault.WITHOUT_IDS})
"""Faults whose call is processed; only the response is wrong."""

ALL_CALLS = "all"
CALLS = (ALL_CALLS, *Call)
TIMES = {"1": 1, "5": 5, "always": None}


@dataclass(frozen=True)
class FaultPlan:
    """What the next calls do: `remaining` is None until someone changes it."""

    kind: Fault
    call: str
    remaining: int | None


def set_plan(store: Store, plan: FaultPlan) -> None:
    """Make the next calls do what the plan says, in place of the plan before."""
    store.execute("INSERT OR REPLACE INTO fault VALUES (1, ?, ?, ?)", plan.kind, plan.call, plan.remaining)


def clear_plan(store: Store) -> None:
    """Clear the fault plan."""
    store.execute("DELETE FROM fault")


def get_plan(store: Store) -> FaultPlan | None:
    """The plan in force."""
    rows = store.query("SELECT kind, call, remaining FROM fault WHERE remaining IS NULL OR remaining > 0")
    return FaultPlan(Fault(rows[0]["kind"]), rows[0]["call"], rows[0]["remaining"]) if rows else None


def consume(store: Store, call: Call) -> Fault | None:
    """The fault of this call, decremented in the same statement: concurrent calls never share one."""
    rows = store.query(
        "UPDATE fault SET remaining = remaining - 1"
        " WHERE call IN ('all', ?) AND (remaining IS NULL OR remaining > 0) RETURNING kind",
        call,
    )
    return Fault(rows[0]["kind"]) if rows else None
