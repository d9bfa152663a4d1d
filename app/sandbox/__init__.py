"""A simulator of Zelta Meet: a separate process with its own database; imports nothing of the dashboard.

Inside the package every import is relative, so that `gunicorn_conf.py` can serve it as `sandbox` without
importing the dashboard around it.
"""
