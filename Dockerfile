# Convoca, for the dashboard, the sender and the commands. compose.yaml runs it with PostgreSQL; docs/containers.md tells how.
ARG BASE=python:3.13-slim

FROM $BASE AS build
WORKDIR /opt/convoca
RUN python3 -m venv .venv
COPY requirements.txt .
RUN .venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt
COPY . .
RUN .venv/bin/pybabel --quiet compile --directory app/translations \
    && .venv/bin/python -m app.web.build_static && touch static/built/.complete \
    && .venv/bin/python -m compileall -q app migrations wsgi.py

FROM $BASE
# pg_dump and pg_restore, for `backup` and `restore`.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin convoca
COPY --from=build /opt/convoca /opt/convoca
# Only these two belong to the user: the rest of the image is root's.
RUN install -d -o convoca -m 700 /opt/convoca/instance /backups
WORKDIR /opt/convoca
ENV PATH=/opt/convoca/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 HOST=0.0.0.0
USER 10001
EXPOSE 8000
HEALTHCHECK --start-period=30s --timeout=15s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/readyz', timeout=10)"]
CMD ["gunicorn", "wsgi:app"]
