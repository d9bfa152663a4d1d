"""Delivery of join links: messages, WhatsApp, e-mail, QR codes, calendar files, and delivery marks."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages, and the delivery part of the meeting's page."""
    from app.delivery import file_views, message_views, views  # noqa: PLC0415
    from app.delivery.message_labels import placeholder_list  # noqa: PLC0415
    from app.delivery.presenters import present_participants  # noqa: PLC0415
    from app.delivery.telling import read_telling  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
    app.register_blueprint(message_views.blueprint)
    app.register_blueprint(file_views.blueprint)
    app.jinja_env.globals["placeholder_list"] = placeholder_list
    # `app.meetings` must not import this package, so its page gets the data through the template.
    app.jinja_env.globals["deliveries_of"] = present_participants
    app.jinja_env.globals["telling_of"] = read_telling
