"""./dev says in one line what is wrong before it starts anything. A whole demo is started by hand."""

import os
import socket
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.processes

ROOT = Path(settings.BASE_DIR)


def dev(*arguments: str, **env: str) -> subprocess.CompletedProcess:
    clean = {name: value for name, value in os.environ.items() if name not in ("PORT", "CHROMIUM")}
    return subprocess.run(
        ["./dev", *arguments], cwd=ROOT, env={**clean, **env}, capture_output=True, text=True, check=False, timeout=120
    )


def one_line(done: subprocess.CompletedProcess) -> str:
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("dev: ")
    return line


@pytest.fixture
def taken():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_is_a_clear_message(taken):
    done = dev("demo", PORT=str(taken))
    assert done.returncode == 1
    line = one_line(done)
    assert f"port {taken} is taken" in line
    assert f"PORT={taken + 1} ./dev demo" in line
    assert "Starting" not in done.stdout


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", "8000 "])
def test_what_is_no_port_is_a_clear_message(port):
    done = dev("demo", PORT=port)
    assert done.returncode == 1
    assert f"PORT={port} is not a port number" in one_line(done)


def test_an_unknown_argument_is_named(taken):
    done = dev("demo", "--rest", PORT=str(taken))
    assert done.returncode == 1
    assert "demo takes --reset only, not --rest." in one_line(done)


def test_an_unknown_command_lists_the_known_ones():
    done = dev("dmo")
    assert done.returncode == 2
    line = one_line(done)
    assert "'dmo'" in line
    assert all(name in line for name in ("demo", "test", "check", "manage", "bench"))


def test_without_a_command_the_help_is_shown():
    done = dev()
    assert done.returncode == 1
    assert "./dev demo" in done.stderr


def test_a_chromium_that_cannot_be_run_is_named_before_any_test():
    done = dev("test", CHROMIUM="/nowhere/chromium")
    assert done.returncode == 1
    assert "CHROMIUM=/nowhere/chromium cannot be run" in one_line(done)
