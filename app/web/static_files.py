"""Static files, under names with the hash of their content.

`static/` holds the sources. `make install` (`app.web.build_static`) copies them to `static/built/` under
hashed names, with gzip and brotli files. WhiteNoise serves these with an unlimited cache lifetime. The hashes
are computed when the application starts, so an outdated copy is never served: a source without a current copy
is served itself, with a cache lifetime of one minute.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, request
from whitenoise import WhiteNoise

from app.config import Settings
from app.web import security_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BUILT_FOLDER = "built"
UNHASHED_MAX_AGE = 60
HASH_LENGTH = 12


class _HashedStaticFiles(WhiteNoise):  # type: ignore[misc] # it comes without types
    """Serves the built files with our security headers; passes every other request to Flask."""

    def __init__(self, app: Flask, folder: Path) -> None:
        super().__init__(
            app.wsgi_app,
            root=str(folder / BUILT_FOLDER),
            prefix=f"{app.static_url_path}/{BUILT_FOLDER}/",
            immutable_file_test=lambda _path, _url: True,
            allow_all_origins=False,
        )
        self._settings: Settings = app.extensions["settings"]

    def serve(
        self, static_file: Any, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            response: Iterable[bytes] = self.application(environ, start_response)
            return response
        own_headers = security_headers.security_headers(
            self._settings, https=environ["wsgi.url_scheme"] == "https", host=environ.get("HTTP_HOST", "")
        )

        def start(status: str, response_headers: list[tuple[str, str]]) -> object:
            return start_response(status, [*response_headers, *own_headers.items()])

        body: Iterable[bytes] = WhiteNoise.serve(static_file, environ, start)
        return body


def init_app(app: Flask) -> None:
    """Serve the built files. In debug mode (`make dev`) there are none, and browsers always revalidate."""
    folder = Path(app.static_folder or "")
    names = {path.relative_to(folder).as_posix(): hashed_name(folder, path) for path in find_sources(folder)}
    app.extensions["static"] = {
        source: f"{app.static_url_path}/{name if not app.debug and (folder / name).is_file() else source}"
        for source, name in names.items()
    }
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = None if app.debug else UNHASHED_MAX_AGE
    if (folder / BUILT_FOLDER).is_dir():
        app.wsgi_app = _HashedStaticFiles(app, folder)  # type: ignore[method-assign]


def static_url(filename: str) -> str:
    """The address of a file of `static/`, also of one that an upgrade brought since the start."""
    urls: dict[str, str] = current_app.extensions["static"]
    return request.script_root + (urls.get(filename) or f"{current_app.static_url_path}/{filename}")


def missing_build_warnings(app: Flask) -> list[str]:
    """One start-up warning for each source file without a current built copy."""
    built = f"{app.static_url_path}/{BUILT_FOLDER}/"
    return [
        f"static/{source} is sent as it is, uncompressed and kept for a minute only: run make install"
        for source, path in app.extensions["static"].items()
        if not path.startswith(built)
    ]


def find_sources(folder: Path) -> Iterator[Path]:
    """The files in `folder` to build from, in a lasting order."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and inside[0] != BUILT_FOLDER and not any(part.startswith(".") for part in inside):
            yield path


def hashed_name(folder: Path, source: Path) -> str:
    """Where in `folder` the copy of a source belongs: `built/css/convoca.0123456789ab.css` for `css/convoca.css`."""
    content = hashlib.sha256(source.read_bytes()).hexdigest()[:HASH_LENGTH]
    path = Path(BUILT_FOLDER) / source.relative_to(folder)
    return path.with_suffix(f".{content}{source.suffix}").as_posix()
