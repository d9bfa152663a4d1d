"""The pages of those who are not let in by a provider or a proxy: why, and what they can do."""

from typing import NamedTuple

from flask import Flask, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.fittings import settings
from app.identity.asking import NotProven, ProviderAway
from app.identity.vouched import NotWelcome, Why
from app.site import errors

TRY_AGAIN, ANOTHER_ACCOUNT = _l("Try again"), _l("Use another account")


class _Words(NamedTuple):
    heading: LazyString
    words: LazyString


AWAY = _Words(
    _l("Your organization's sign-in does not answer"),
    _l("Wait a moment and try again. If it lasts, tell whoever administers Convoca."),
)
NOT_PROVEN = _Words(
    _l("You have not signed in"),
    _l("The sign-in was cancelled, took longer than ten minutes, or its page was opened a second time."),
)
_NO_NAME = _Words(
    _l("There is no account for you"),
    _l("Your user name is another person's here, or cannot be one. Ask whoever administers Convoca."),
)
NOT_WELCOME = {
    Why.NOT_TRUSTED: _Words(
        _l("This is not the way in"),
        _l("Convoca opens where your organization signs you in. Ask whoever administers it for the address."),
    ),
    Why.DISABLED: _Words(
        _l("Your account is disabled"),
        _l("If you need it for your work, ask whoever administers Convoca."),
    ),
    Why.NOT_INVITED: _Words(
        _l("There is no account for you"),
        _l("Convoca is for people who were invited. Ask whoever administers it."),
    ),
    Why.NAME_TAKEN: _NO_NAME,
    Why.BAD_NAME: _NO_NAME,
    Why.UNCONFIRMED: _Words(
        _l("Your e-mail address is not confirmed"),
        _l(
            "Your organization's sign-in does not say that it is yours. Ask whoever administers the accounts there."
        ),
    ),
    Why.OTHER_DOMAIN: _Words(
        _l("That account is not of this organization"),
        _l("Choose the one that your organization gave you."),
    ),
}


def init_app(app: Flask) -> None:
    """Register them."""
    app.register_error_handler(ProviderAway, _away)
    app.register_error_handler(NotProven, _not_proven)
    app.register_error_handler(NotWelcome, _not_welcome)


def _away(_error: ProviderAway) -> tuple[str, int]:
    again = url_for("oidc.start", next=request.args.get("next"))
    return errors.page(503, *AWAY, errors.Action(again, TRY_AGAIN))


def _not_proven(_error: NotProven) -> tuple[str, int]:
    return errors.page(400, *NOT_PROVEN, errors.Action(url_for("oidc.start"), TRY_AGAIN))


def _not_welcome(error: NotWelcome) -> tuple[str, int]:
    if settings().auth == "proxy":
        action = errors.Action(url_for("meetings.index"), TRY_AGAIN)
    else:
        action = errors.Action(url_for("oidc.start", choose=1), ANOTHER_ACCOUNT)
    return errors.page(403, *NOT_WELCOME[error.why], action)
