"""What a demo machine needs before Django starts: a database and a secret, both made here and kept in
`.data/`.
"""

import os
import secrets

from bwob import devdb


def prepare(*, is_demo: bool) -> None:
    """Set what the environment does not say; with a DATABASE_URL the portal is production, unless it is the
    demo.
    """
    if is_demo or "DATABASE_URL" not in os.environ:
        os.environ.setdefault("BWOB_MODE", "demo")
        os.environ.setdefault("SECRET_KEY", _kept_secret())
    if "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = devdb.start()


def _kept_secret() -> str:
    path = devdb.ROOT / ".data" / "secret-key"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
