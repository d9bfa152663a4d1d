"""Series: the same meeting on other dates, and what is done with all that follow one of them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages, and what the meeting's page says about its series."""
    from app.series import views  # noqa: PLC0415
    from app.series.queries import find_place  # noqa: PLC0415

    app.register_blueprint(views.blueprint)
    # `app.meetings` must not import this package, so its page gets the data through the template.
    app.jinja_env.globals["series_place_of"] = find_place
