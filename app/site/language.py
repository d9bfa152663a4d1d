"""The reader's language: the one chosen in the header, which lasts, or else the installation's."""

from typing import Any

from flask import Flask, has_request_context, request
from flask_babel import Babel, force_locale, get_translations, refresh
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.fittings import settings as fitted_settings
from app.settings import Settings
from app.site.addresses import cookie_path

COOKIE = "language"
LANGUAGES = ("es", "en")
CHOSEN = "convoca.language"
LASTS_SECONDS = 365 * 24 * 3600

_catalogues: dict[str, Any] = {}
_alone: dict[tuple[str, str], Markup] = {}


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
    # As Flask-Babel's own, but that it looks for the catalogue by way of five context variables, for each word of a page.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda words: _catalogue().ugettext(words),
        lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, words: _catalogue().upgettext(context, words),
        npgettext=lambda context, one, many, number: _catalogue().unpgettext(context, one, many, number),
    )
    # Most of a page's words stand alone. These are remembered as what they are on the page.
    app.jinja_env.globals.update(_=_words, gettext=_words)


def current() -> str:
    """`es` or `en`; found out once a request."""
    if not has_request_context():
        return fitted_settings().language
    found: str | None = request.environ.get(CHOSEN)
    if found is None:
        chosen = request.cookies.get(COOKIE)
        found = chosen if chosen in LANGUAGES else fitted_settings().language
        request.environ[CHOSEN] = found
    return found


def switch(language: str) -> None:
    """Answer this request in another language than it came with; `remember` makes the choice last."""
    request.environ[CHOSEN] = language
    refresh()


def _words(words: str, **variables: object) -> Markup:
    """A text in the reader's language, as templates want it; as Jinja's own, variables are escaped."""
    if variables:
        return Markup(_catalogue().ugettext(words)) % variables  # noqa: S704 - our own words
    key = (current(), words)
    found = _alone.get(key)
    if found is None:
        found = _alone[key] = Markup(_catalogue().ugettext(words)) % {}  # noqa: S704 - our own words
    return found


def _catalogue() -> Any:
    language = current()
    if language not in _catalogues:
        with force_locale(language):
            _catalogues[language] = get_translations()
    return _catalogues[language]


def remember(response: Response, language: str) -> None:
    """Keep a choice in the reader's browser for a year."""
    response.set_cookie(
        COOKIE,
        language,
        max_age=LASTS_SECONDS,
        path=cookie_path(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
