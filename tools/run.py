"""`make run`: migrate and serve in one process, which imports the application once."""

import signal

# Before anything that takes long to import: ^C ends the process at once and without a traceback.
signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Bring the database's schema up to date, then become gunicorn's master."""
    import sys

    import flask_migrate
    from gunicorn.app.wsgiapp import run

    from app.database import db
    from wsgi import app

    with app.app_context():
        flask_migrate.upgrade()
        db.engine.dispose()  # no connection may be shared with the workers
    sys.argv = ["gunicorn", "wsgi:app"]
    run()


if __name__ == "__main__":
    main()
