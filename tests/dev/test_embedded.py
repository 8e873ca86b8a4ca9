"""The embedded engines: they start, answer, stop, and leave nothing running."""

import os
import signal
from pathlib import Path

import psycopg2
import pytest
import redis

from coexist.embedded import EmbeddedPostgres, EmbeddedValkey, EngineError, state_folder

pytestmark = pytest.mark.processes


@pytest.fixture
def folder():
    """A state folder of this test's own, removed with whatever still runs in it."""
    import shutil

    folder = state_folder(f"t{os.getpid()}")
    yield folder
    EmbeddedPostgres(folder).stop()
    leftover = EmbeddedValkey(folder)
    leftover._stop_leftover()
    shutil.rmtree(folder)


def connect(postgres: EmbeddedPostgres):
    return psycopg2.connect(host=str(postgres.data), user="postgres", dbname="coexist")


def running_in(folder: Path) -> set[int]:
    """Processes that work in `folder`."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:  # it ended meanwhile
            continue
        if str(folder) in command:
            found.add(int(process.name))
    return found - {os.getpid()}


def test_postgres_starts_keeps_its_data_and_stops(folder):
    postgres = EmbeddedPostgres(folder, for_tests=True)
    assert not postgres.is_running()
    postgres.start()
    assert postgres.is_running()
    with connect(postgres) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION vector; CREATE TABLE kept (name text); INSERT INTO kept VALUES ('é')")
    connection.close()
    postgres.stop()
    assert not postgres.is_running()
    assert running_in(folder) == set()
    postgres.stop()  # stopping what does not run is fine
    postgres.start()
    with connect(postgres) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT name FROM kept")
        assert cursor.fetchall() == [("é",)]
    connection.close()
    postgres.stop()


def test_postgres_listens_on_no_port_and_its_folder_is_closed_to_others(folder):
    postgres = EmbeddedPostgres(folder, for_tests=True)
    postgres.start()
    with connect(postgres) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)
    connection.close()
    assert postgres.data.stat().st_mode & 0o077 == 0


def test_postgres_takes_over_what_a_killed_run_left(folder):
    EmbeddedPostgres(folder, for_tests=True).start()  # its owner dies here
    before = running_in(folder)
    assert before
    successor = EmbeddedPostgres(folder, for_tests=True)
    successor.start()
    with connect(successor) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.close()
    assert not before & running_in(folder)
    successor.stop()
    assert running_in(folder) == set()


def test_valkey_starts_keeps_its_data_and_stops(folder):
    valkey = EmbeddedValkey(folder)
    valkey.start()
    redis.Redis(unix_socket_path=str(valkey.socket)).set("kept", "é")
    valkey.stop()
    assert running_in(folder) == set()
    with pytest.raises(redis.exceptions.ConnectionError):
        redis.Redis(unix_socket_path=str(valkey.socket)).ping()
    valkey.stop()
    again = EmbeddedValkey(folder)
    again.start()
    assert redis.Redis(unix_socket_path=str(again.socket)).get("kept").decode() == "é"
    again.stop()


def test_valkey_takes_over_what_a_killed_run_left(folder):
    left = EmbeddedValkey(folder)
    left.start()
    successor = EmbeddedValkey(folder)
    successor.start()
    assert left._process.wait(10) is not None
    assert redis.Redis(unix_socket_path=str(successor.socket)).ping()
    successor.stop()
    assert running_in(folder) == set()


def test_a_stale_pid_file_ends_nobody_elses_process(folder):
    import subprocess
    import sys

    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as bystander:
        valkey = EmbeddedValkey(folder)
        valkey.folder.mkdir()
        valkey.pid_file.write_text(str(bystander.pid))
        valkey.start()
        assert bystander.poll() is None
        valkey.stop()
        bystander.send_signal(signal.SIGKILL)


def test_an_unreadable_pid_file_stops_nothing_from_starting(folder):
    valkey = EmbeddedValkey(folder)
    valkey.folder.mkdir()
    valkey.pid_file.write_text("pas un nombre")
    valkey.start()
    valkey.stop()


def test_sockets_fit_their_paths(folder):
    assert len(str(EmbeddedPostgres(folder).data / ".s.PGSQL.5432")) <= 107
    assert len(str(EmbeddedValkey(folder).socket)) <= 107


def test_a_folder_that_is_somebody_elses_is_refused(folder, tmp_path):
    link = folder.with_name(f"{folder.name}x")
    link.symlink_to(tmp_path)
    try:
        with pytest.raises(EngineError, match="belongs to somebody else"):
            state_folder(f"t{os.getpid()}x")
    finally:
        link.unlink()


def test_a_cluster_that_cannot_start_says_why_and_where_to_look(folder):
    postgres = EmbeddedPostgres(folder, for_tests=True)
    postgres.start()
    postgres.stop()
    (postgres.data / "postgresql.conf").write_text("port = not-a-port\n")
    with pytest.raises(EngineError, match=r"server\.log"):
        postgres.start()
