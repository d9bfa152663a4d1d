"""Administration pages: accounts and the audit."""

from flask import Flask

from app.admin import audit_views, views
from app.admin.erasure import views as erasure_views


def init_app(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(views.blueprint)
    app.register_blueprint(audit_views.blueprint)
    app.register_blueprint(erasure_views.blueprint)
    app.jinja_env.globals["admin_page_exists"] = views.admin_page_exists
