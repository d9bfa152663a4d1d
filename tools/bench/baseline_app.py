"""The baseline: a Flask view that only renders 25 rows of one Flask-SQLAlchemy query through Jinja."""

import os

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from app import WORKER_THREADS
from app.database import build_engine_options
from app.models import Base, Meeting

PAGE = """<!DOCTYPE html>
<html lang="en">
  <head><meta charset="utf-8"><title>Meetings</title></head>
  <body>
    <h1>Meetings</h1>
    <table>
      {% for meeting in meetings %}
        <tr>
          <td><a href="/meetings/{{ meeting.id }}">{{ meeting.title }}</a></td>
          <td>{{ meeting.starts_at }}</td>
          <td>{{ meeting.state }}</td>
        </tr>
      {% endfor %}
    </table>
  </body>
</html>
"""

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = build_engine_options(os.environ["DATABASE_URL"], WORKER_THREADS)
db = SQLAlchemy(app, metadata=Base.metadata)


@app.get("/")
def index() -> str:
    """The minimal list."""
    meetings = db.session.scalars(select(Meeting).order_by(Meeting.id).limit(25)).all()
    return render_template_string(PAGE, meetings=meetings)


@app.get("/readyz")
def readyz() -> str:
    """Readiness check for the benchmark runner."""
    return "ok"
