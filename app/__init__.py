"""Convoca: a dashboard for the people who coordinate meetings in Zelta Meet."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app import admin, auth, batches, cli, delivery, meetings, operations, web
from app.config import Settings
from app.database import build_engine_options, db
from app.encryption import TokenCipher, derive_fernet_key
from app.outbox import background
from app.zelta.client import ZeltaClient

ROOT = Path(__file__).parent.parent
MAX_REQUEST_BYTES = 1024 * 1024
CSRF_TOKEN_HOURS = 12
WORKER_THREADS = 16


def create_app(settings: Settings) -> Flask:
    """Create the Flask application. Opens no connection and starts no thread."""
    app = Flask(
        __name__,
        root_path=str(ROOT),
        instance_path=str(settings.instance_path),
        static_folder="static",
        template_folder="templates",
    )
    app.config.update(_flask_config(settings))
    app.extensions["settings"] = settings
    app.extensions["vault"] = TokenCipher(_encryption_keys(settings))
    app.extensions["zelta"] = ZeltaClient(
        settings.zelta_api_url, settings.zelta_api_key.get_secret_value(), timeout=settings.zelta_timeout
    )
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    for module in (auth, web, admin, meetings, batches, delivery, operations, background, cli):
        module.init_app(app)
    # After the access checks: they save an anonymous form before its CSRF token is validated.
    CSRFProtect(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops, x_prefix=hops
        )
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key.get_secret_value(),
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": build_engine_options(settings.database_url, WORKER_THREADS),
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_REQUEST_BYTES,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_NAME": "convoca",
        "WTF_CSRF_TIME_LIMIT": CSRF_TOKEN_HOURS * 3600,
    }


def _encryption_keys(settings: Settings) -> list[str]:
    configured_keys = [key.get_secret_value() for key in settings.encryption_keys]
    return configured_keys or [derive_fernet_key(settings.secret_key.get_secret_value())]
