"""The dashboard's gunicorn settings, for an application without background threads."""

import runpy

globals().update(runpy.run_path("gunicorn.conf.py"))
for hook in ("when_ready", "post_worker_init", "worker_exit"):
    globals().pop(hook, None)
