"""A stand-in for Zelta Meet: a program of its own, with its own process and file, that imports nothing else of ours.

Inside the package every import is relative, so that `gunicorn_conf.py` can serve it as `sandbox` without
importing the dashboard around it.
"""
