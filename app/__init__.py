"""Convoca: a dashboard for the people who coordinate meetings in Zelta Meet."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import accounts, commands, delivery, keeper, meetings, operations, people, site
from app.database import db, engine_options
from app.settings import Settings
from app.vault import Vault, key_from
from app.zelta.client import ZeltaClient

ROOT = Path(__file__).parent.parent
REQUEST_BYTES = 1024 * 1024
FORM_HOURS = 12
THREADS = 16


def create_app(settings: Settings) -> Flask:
    """Put the dashboard together; no connection is made and nothing is started yet."""
    app = Flask(
        __name__,
        root_path=str(ROOT),
        instance_path=str(settings.instance_path),
        static_folder="static",
        template_folder="templates",
    )
    app.config.update(
        SECRET_KEY=settings.secret_key.get_secret_value(),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url, THREADS),
        MAX_CONTENT_LENGTH=REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=REQUEST_BYTES,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="convoca",
        WTF_CSRF_TIME_LIMIT=FORM_HOURS * 3600,
    )
    app.extensions["settings"] = settings
    app.extensions["vault"] = Vault(_keys(settings))
    app.extensions["zelta"] = ZeltaClient(
        settings.zelta_api_url, settings.zelta_api_key.get_secret_value(), timeout=settings.zelta_timeout
    )
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    for part in (site, accounts, meetings, people, delivery, operations, keeper, commands):
        part.init_app(app)
    CSRFProtect(
        app
    )  # after the gate: what was typed into a form without a session is kept before its token is looked at
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )
    return app


def _keys(settings: Settings) -> list[str]:
    given = [key.get_secret_value() for key in settings.encryption_keys]
    return given or [key_from(settings.secret_key.get_secret_value())]
