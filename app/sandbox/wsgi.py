"""What gunicorn serves: `gunicorn app.sandbox.wsgi:app`, or `sandbox.wsgi:app` as `server.py` starts it."""

from .config import read_config
from .web import create_sandbox

app = create_sandbox(read_config())
