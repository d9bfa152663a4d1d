"""Build the files of `app.web.static_files`: `python -m app.web.build_static`; run by `make install`.

Files of earlier builds are kept: a page opened before an upgrade still loads its files.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from whitenoise.compress import Compressor

from app.web.static_files import BUILT_FOLDER, find_sources, hashed_name

STATIC_FOLDER = Path(__file__).parents[2] / "static"


def build_static_files(folder: Path) -> None:
    """Copy each source to its hashed name, with its gzip and brotli files. Each file appears atomically."""
    compressor = Compressor(quiet=True)
    (folder / BUILT_FOLDER).mkdir(exist_ok=True)
    with TemporaryDirectory(dir=folder / BUILT_FOLDER, prefix=".") as temporary_folder:
        for source in find_sources(folder):
            target = folder / hashed_name(folder, source)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copyfile(source, Path(temporary_folder) / target.name)
            # Move the plain copy last: if it exists, its compressed files exist too.
            for finished in [*map(Path, compressor.compress(str(copy))), copy]:
                finished.replace(target.parent / finished.name)


if __name__ == "__main__":
    build_static_files(STATIC_FOLDER)
