"""Access declarations of views: the role that each one requires. `app.auth.enforcement` enforces them."""

from collections.abc import Callable
from typing import Any, TypeVar

from app.models import AccountRole

ViewFunction = TypeVar("ViewFunction", bound=Callable[..., Any])

PUBLIC = "everybody"


def require_role(role: AccountRole) -> Callable[[ViewFunction], ViewFunction]:
    """Require this role, or one that includes it."""
    return _mark_required_role(role)


def public(view: ViewFunction) -> ViewFunction:
    """Mark a view as public: no sign-in required."""
    return _mark_required_role(PUBLIC)(view)


def get_required_role(view: object) -> str | None:
    """The role that a view requires, `PUBLIC`, or None if it declares nothing (then access is denied)."""
    return getattr(view, "required_role", None)


def _mark_required_role(required_role: str) -> Callable[[ViewFunction], ViewFunction]:
    def mark(view: ViewFunction) -> ViewFunction:
        view.required_role = required_role  # type: ignore[attr-defined]
        return view

    return mark
