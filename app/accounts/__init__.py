"""Accounts, as pages: signing in and out, one's own account, everybody's, and the audit."""

from flask import Flask

from app.accounts import admin_views, audit_views, oidc_views, turned_away, views


def init_app(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(oidc_views.blueprint)
    app.register_blueprint(admin_views.blueprint)
    app.register_blueprint(audit_views.blueprint)
    app.jinja_env.globals["is_there"] = admin_views.is_there
    turned_away.init_app(app)
