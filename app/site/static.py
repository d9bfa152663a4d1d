"""The files that pages load, under names that hold the hash of their content.

`static/` holds the sources, and `static/built/` what `make install` made of them (`app.site.prepare`): a copy under such a
name, with a gzip and a brotli one beside it. WhiteNoise serves these, and browsers keep them for ever. Which name belongs to a
source is worked out from its content when the application starts, so what was made from another content is never served
for it: a source whose copy is missing is served as it is, and kept for a minute.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, request
from whitenoise import WhiteNoise

from app.settings import Settings
from app.site import headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

BUILT = "built"
AS_THEY_ARE_SECONDS = 60
HASH_CHARACTERS = 12


class _Built(WhiteNoise):  # type: ignore[misc] # it comes without types
    """What was built, with the headers of every response; what only Flask can answer goes on to it."""

    def __init__(self, app: Flask, folder: Path) -> None:
        super().__init__(
            app.wsgi_app,
            root=str(folder / BUILT),
            prefix=f"{app.static_url_path}/{BUILT}/",
            immutable_file_test=lambda _path, _url: True,
            allow_all_origins=False,
        )
        self._settings: Settings = app.extensions["settings"]

    def serve(
        self, static_file: Any, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            answer: Iterable[bytes] = self.application(environ, start_response)
            return answer
        ours = headers.everywhere(
            self._settings, https=environ["wsgi.url_scheme"] == "https", host=environ.get("HTTP_HOST", "")
        )

        def start(status: str, own: list[tuple[str, str]]) -> object:
            return start_response(status, [*own, *ours.items()])

        sent: Iterable[bytes] = WhiteNoise.serve(static_file, environ, start)
        return sent


def init_app(app: Flask) -> None:
    """Find out which files are built, and serve them. In debug mode (`make dev`) none is, and browsers always ask again."""
    folder = Path(app.static_folder or "")
    names = {path.relative_to(folder).as_posix(): built_name(folder, path) for path in sources(folder)}
    app.extensions["static"] = {
        source: f"{app.static_url_path}/{name if not app.debug and (folder / name).is_file() else source}"
        for source, name in names.items()
    }
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = None if app.debug else AS_THEY_ARE_SECONDS
    if (folder / BUILT).is_dir():
        app.wsgi_app = _Built(app, folder)  # type: ignore[method-assign]


def static_url(filename: str) -> str:
    """The address of a file of `static/`, also of one that an upgrade brought since the start."""
    known: dict[str, str] = current_app.extensions["static"]
    return request.script_root + (known.get(filename) or f"{current_app.static_url_path}/{filename}")


def unbuilt(app: Flask) -> list[str]:
    """A line for a warning at the start about each source that has no copy of what it holds now."""
    built = f"{app.static_url_path}/{BUILT}/"
    return [
        f"static/{source} is sent as it is, uncompressed and kept for a minute only: run make install"
        for source, path in app.extensions["static"].items()
        if not path.startswith(built)
    ]


def sources(folder: Path) -> Iterator[Path]:
    """The files in `folder` to build from, in a lasting order."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and inside[0] != BUILT and not any(part.startswith(".") for part in inside):
            yield path


def built_name(folder: Path, source: Path) -> str:
    """Where in `folder` the copy of a source belongs: `built/css/convoca.0123456789ab.css` for `css/convoca.css`."""
    content = hashlib.sha256(source.read_bytes()).hexdigest()[:HASH_CHARACTERS]
    place = Path(BUILT) / source.relative_to(folder)
    return place.with_suffix(f".{content}{source.suffix}").as_posix()
