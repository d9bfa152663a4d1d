"""The dashboard's own gunicorn settings, for an application that has no keeper to start."""

import runpy

globals().update(runpy.run_path("gunicorn.conf.py"))
del globals()["post_worker_init"]
