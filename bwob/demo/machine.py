"""What a demo machine needs before Django starts: a database and a secret, both made here and kept in
`.data/`.
"""

import os
import secrets
from argparse import ArgumentParser
from collections.abc import Sequence

from bwob import devdb

PORT = 8000


def prepare(words: Sequence[str]) -> None:
    """Set what the environment does not say, for the command in `words`; with a DATABASE_URL the portal is
    production, unless the command is `demo`.
    """
    is_demo = words[:1] == ["demo"]
    if is_demo:
        os.environ["BWOB_ORIGIN"] = f"http://localhost:{_port(words)}"
    if is_demo or "DATABASE_URL" not in os.environ:
        os.environ.setdefault("BWOB_MODE", "demo")
        os.environ.setdefault("SECRET_KEY", _kept_secret())
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = devdb.start()


def _port(words: Sequence[str]) -> str:
    parser = ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("--port", default=str(PORT))
    return parser.parse_known_args(words)[0].port


def _kept_secret() -> str:
    path = devdb.ROOT / ".data" / "secret-key"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
