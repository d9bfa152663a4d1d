"""Cross-cutting web code: headers, language, error pages, health checks and template globals."""

from flask import Flask

from app.web import (
    compression,
    errors,
    i18n,
    language_switch,
    request_ids,
    security_headers,
    static_files,
    strict_request,
    template_globals,
    views,
)


def init_app(app: Flask) -> None:
    """Register the handlers, middleware and template globals."""
    i18n.init_app(app)
    language_switch.init_app(app)
    security_headers.init_app(app)
    template_globals.init_app(app)
    compression.init_app(app)
    errors.init_app(app)
    strict_request.init_app(app)
    static_files.init_app(app)
    request_ids.init_app(app)
    app.register_blueprint(views.blueprint)
