"""The user's language: the cookie's choice, else the installation's default."""

from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale, get_translations, refresh
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.config import Settings
from app.extensions import get_settings as fitted_settings
from app.web.urls import get_cookie_path

COOKIE_NAME = "language"
LANGUAGES = ("es", "en")
ENVIRON_KEY = "convoca.language"
COOKIE_MAX_AGE_SECONDS = 365 * 24 * 3600

_catalogues: dict[str, Any] = {}
_markup_cache: dict[tuple[str, str], Markup] = {}


def init_app(app: Flask) -> None:
    """Translate into the language of the request."""
    settings: Settings = app.extensions["settings"]
    Babel(
        app,
        default_locale=settings.language,
        default_timezone="UTC",
        default_translation_directories=f"{app.root_path}/app/translations",
        locale_selector=get_locale,
    )
    # Like Flask-Babel's own callables, which read five context variables for each message of a page.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: _get_catalogue().ugettext(words),
        lambda one, many, number: _get_catalogue().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, words: _get_catalogue().upgettext(context, words),
        npgettext=lambda context, one, many, number: _get_catalogue().unpgettext(context, one, many, number),
    )
    # Most messages have no variables: cache their Markup per language.
    app.jinja_env.globals.update(_=_translate, gettext=_translate)


def get_locale() -> str:
    """`es` or `en`; determined once per request."""
    if not has_request_context():
        return fitted_settings().language
    locale: str | None = request.environ.get(ENVIRON_KEY)
    if locale is None:
        cookie_value = request.cookies.get(COOKIE_NAME)
        locale = cookie_value if cookie_value in LANGUAGES else fitted_settings().language
        request.environ[ENVIRON_KEY] = locale
    return locale


def switch(language: str) -> None:
    """Answer this request in another language than it came with; `remember` makes the choice last."""
    request.environ[ENVIRON_KEY] = language
    refresh()


def _translate(message: str, **variables: object) -> Markup:
    """The translation as Markup, for templates; variables are escaped, as in Jinja's own gettext."""
    if variables:
        return Markup(_get_catalogue().ugettext(message)) % variables  # noqa: S704 - our own words
    key = (get_locale(), message)
    markup = _markup_cache.get(key)
    if markup is None:
        markup = _markup_cache[key] = Markup(_get_catalogue().ugettext(message)) % {}  # noqa: S704 - our own words
    return markup


def _get_catalogue() -> Any:
    language = get_locale()
    if language not in _catalogues:
        with force_locale(language):
            _catalogues[language] = get_translations()
    return _catalogues[language]


def set_language_cookie(response: Response, language: str) -> None:
    """Store the choice in a cookie for one year."""
    response.set_cookie(
        COOKIE_NAME,
        language,
        max_age=COOKIE_MAX_AGE_SECONDS,
        path=get_cookie_path(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
