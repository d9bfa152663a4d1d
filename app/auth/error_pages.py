"""Error pages of failed OpenID or proxy sign-ins: the reason and the next step."""

from typing import NamedTuple

from flask import Flask, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.auth.oidc_http import AuthenticationFailed, ProviderUnavailable
from app.auth.provisioning import AccessDenied, DenialReason
from app.extensions import get_settings
from app.web import errors

TRY_AGAIN, ANOTHER_ACCOUNT = _l("Try again"), _l("Use another account")


class _ErrorText(NamedTuple):
    heading: LazyString
    message: LazyString


PROVIDER_UNAVAILABLE_TEXT = _ErrorText(
    _l("Your organization's sign-in does not answer"),
    _l("Wait a moment and try again. If it lasts, tell your Convoca administrator."),
)
AUTHENTICATION_FAILED_TEXT = _ErrorText(
    _l("You have not signed in"),
    _l("The sign-in was cancelled, took longer than ten minutes, or its page was opened a second time."),
)
_NO_ACCOUNT_TEXT = _ErrorText(
    _l("There is no account for you"),
    _l("Your user name belongs to another person here, or cannot be used. Ask your Convoca administrator."),
)
ACCESS_DENIED_MESSAGES = {
    DenialReason.NOT_TRUSTED: _ErrorText(
        _l("You cannot sign in here"),
        _l(
            "You sign in to Convoca through your organization. Ask your Convoca administrator for the address."
        ),
    ),
    DenialReason.DISABLED: _ErrorText(
        _l("Your account is disabled"),
        _l("If you need it for your work, ask your Convoca administrator."),
    ),
    DenialReason.NOT_INVITED: _ErrorText(
        _l("There is no account for you"),
        _l("Convoca is for people who were invited. Ask your Convoca administrator."),
    ),
    DenialReason.USERNAME_TAKEN: _NO_ACCOUNT_TEXT,
    DenialReason.INVALID_USERNAME: _NO_ACCOUNT_TEXT,
    DenialReason.UNVERIFIED_EMAIL: _ErrorText(
        _l("Your email address is not confirmed"),
        _l(
            "Your organization's sign-in does not confirm that it is yours. Ask the person who manages your organization's accounts."
        ),
    ),
    DenialReason.OTHER_DOMAIN: _ErrorText(
        _l("That account is not of this organization"),
        _l("Choose the one that your organization gave you."),
    ),
}


def init_app(app: Flask) -> None:
    """Register the error handlers."""
    app.register_error_handler(ProviderUnavailable, _handle_provider_unavailable)
    app.register_error_handler(AuthenticationFailed, _handle_authentication_failed)
    app.register_error_handler(AccessDenied, _handle_access_denied)


def _handle_provider_unavailable(_error: ProviderUnavailable) -> tuple[str, int]:
    retry_url = url_for("oidc.start", next=request.args.get("next"))
    return errors.render_error(503, *PROVIDER_UNAVAILABLE_TEXT, errors.PageLink(retry_url, TRY_AGAIN))


def _handle_authentication_failed(_error: AuthenticationFailed) -> tuple[str, int]:
    return errors.render_error(
        400, *AUTHENTICATION_FAILED_TEXT, errors.PageLink(url_for("oidc.start"), TRY_AGAIN)
    )


def _handle_access_denied(error: AccessDenied) -> tuple[str, int]:
    if get_settings().auth == "proxy":
        link = errors.PageLink(url_for("meetings.index"), TRY_AGAIN)
    else:
        link = errors.PageLink(url_for("oidc.start", choose=1), ANOTHER_ACCOUNT)
    return errors.render_error(403, *ACCESS_DENIED_MESSAGES[error.reason], link)
