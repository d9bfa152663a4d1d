"""The reader's language: the one chosen in the header, which lasts, or else the installation's."""

from flask import Flask, has_request_context, request
from flask_babel import Babel
from werkzeug.wrappers import Response

from app.fittings import settings as fitted_settings
from app.settings import Settings

COOKIE = "language"
LANGUAGES = ("es", "en")
LASTS_SECONDS = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Translate into the language of whoever asks."""
    settings: Settings = app.extensions["settings"]
    Babel(
        app,
        default_locale=settings.language,
        default_timezone="UTC",
        default_translation_directories=f"{app.root_path}/app/translations",
        locale_selector=current,
    )


def current() -> str:
    """`es` or `en`."""
    if has_request_context() and (chosen := request.cookies.get(COOKIE)) in LANGUAGES:
        return chosen
    return fitted_settings().language


def remember(response: Response, language: str) -> None:
    """Keep a choice in the reader's browser for a year."""
    response.set_cookie(
        COOKIE, language, max_age=LASTS_SECONDS, httponly=True, samesite="Lax", secure=request.is_secure
    )
