"""Build what `app.site.static` serves: `python -m app.site.prepare`, which `make install` runs when a source has changed.

What earlier builds left stays: a page that was opened before an upgrade still finds its files.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from whitenoise.compress import Compressor

from app.site.static import BUILT, built_name, sources

STATIC = Path(__file__).parents[2] / "static"


def prepare(folder: Path) -> None:
    """Copy each source in `folder` to its place, with its compressed forms. Never is half a file seen there."""
    compressor = Compressor(quiet=True)
    (folder / BUILT).mkdir(exist_ok=True)
    with TemporaryDirectory(dir=folder / BUILT, prefix=".") as workshop:
        for source in sources(folder):
            target = folder / built_name(folder, source)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copyfile(source, Path(workshop) / target.name)
            # The copy comes last: where it is, its compressed forms are.
            for ready in [*map(Path, compressor.compress(str(copy))), copy]:
                ready.replace(target.parent / ready.name)


if __name__ == "__main__":
    prepare(STATIC)
