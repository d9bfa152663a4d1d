"""Which calls are to fail, how, and how many more of them."""

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


PROCESSED = frozenset({Fault.HANG_AFTER, Fault.DROP_AFTER, Fault.NONSENSE, Fault.WITHOUT_IDS})
"""The faults of which the call is carried out all the same, so that only its answer goes wrong."""

ALL_CALLS = "all"
CALLS = (ALL_CALLS, *Call)
TIMES = {"1": 1, "5": 5, "always": None}


@dataclass(frozen=True)
class Plan:
    """What the next calls do: `remaining` is None until someone changes it."""

    kind: Fault
    call: str
    remaining: int | None


def choose(store: Store, plan: Plan) -> None:
    """Make the next calls do what the plan says, in place of the plan before."""
    store.write("INSERT OR REPLACE INTO fault VALUES (1, ?, ?, ?)", plan.kind, plan.call, plan.remaining)


def back_to_normal(store: Store) -> None:
    """Let every call do what it should."""
    store.write("DELETE FROM fault")


def current(store: Store) -> Plan | None:
    """The plan in force."""
    rows = store.read("SELECT kind, call, remaining FROM fault WHERE remaining IS NULL OR remaining > 0")
    return Plan(Fault(rows[0]["kind"]), rows[0]["call"], rows[0]["remaining"]) if rows else None


def take(store: Store, call: Call) -> Fault | None:
    """The fault of this very call, counted down in the same statement: two calls at once never share one."""
    rows = store.read(
        "UPDATE fault SET remaining = remaining - 1"
        " WHERE call IN ('all', ?) AND (remaining IS NULL OR remaining > 0) RETURNING kind",
        call,
    )
    return Fault(rows[0]["kind"]) if rows else None
