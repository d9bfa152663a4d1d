"""Creates files atomically with mode 0600, and never overwrites."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flask_babel import gettext as _


class OperationError(Exception):
    """The operation failed; `str()` says why, and what to do."""


@contextmanager
def create_file(path: Path) -> Iterator[Path]:
    """Gives the draft to write; once the block ends, `path` holds it on disk, for its owner alone.

    Raises:
        OperationError: there is a file at `path`, before or by then; or it cannot be written.
    """
    require_absent(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield draft
        _fsync(draft)
        _publish(draft, path)
        _fsync(path.parent)
    except OSError as error:
        raise OperationError(
            _("%(file)s cannot be written: %(why)s.", file=path, why=error.strerror or error)
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def require_absent(path: Path) -> None:
    """Raise OperationError if the path exists."""
    if path.exists() or path.is_symlink():
        raise OperationError(_("%(file)s exists, and nothing is overwritten: give another name.", file=path))


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        require_absent(path)
        raise
    except OSError:  # file system without hard links (small TOCTOU window)
        require_absent(path)
        draft.rename(path)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
