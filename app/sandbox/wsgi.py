"""What gunicorn serves: `gunicorn app.sandbox.wsgi:app`, or `sandbox.wsgi:app` as `server.py` starts it."""

from .app import create_sandbox
from .config import read_config

app = create_sandbox(read_config())
