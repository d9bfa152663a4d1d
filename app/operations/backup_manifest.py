"""What a database or a backup of it holds: which schema, and how many rows of each table."""

from dataclasses import dataclass

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import current_app
from flask_babel import gettext as _

from app.operations.atomic_file import OperationError


@dataclass(frozen=True)
class BackupManifest:
    """`revision` is the schema's, None where there is none of ours; `rows` counts each table's."""

    revision: str | None
    rows: dict[str, int]


def get_alembic_config() -> Config:
    """What the migrations' own commands take."""
    config: Config = current_app.extensions["migrate"].migrate.get_config()
    return config


def pending_revisions(revision: str | None) -> list[str] | None:
    """The migrations that a schema still lacks, the first first; None where this release does not know the schema."""
    scripts = ScriptDirectory.from_config(get_alembic_config())
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    if revision is None:
        return revisions
    return revisions[revisions.index(revision) + 1 :] if revision in revisions else None


def require_usable(manifest: BackupManifest, file: object) -> None:
    """Raise OperationError unless this release can work with a backup."""
    if manifest.revision is None or "meetings" not in manifest.rows:
        raise OperationError(
            _("%(file)s is not a backup of Convoca: it holds none of its tables.", file=file)
        )
    if pending_revisions(manifest.revision) is None:
        raise OperationError(
            _(
                "%(file)s was made by a newer release (its schema is %(revision)s): install that release first.",
                file=file,
                revision=manifest.revision,
            )
        )
