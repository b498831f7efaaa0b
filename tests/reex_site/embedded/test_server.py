"""The embedded server: one for a data folder, started at the first connection, stopped by the last to leave."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from reex_site.embedded.cluster import SOCKET_NAME, SOCKET_PATH_LIMIT, Cluster
from reex_site.embedded.errors import EmbeddedError
from reex_site.embedded.server import Server
from tests.running import ROOT, environment

JOIN_AND_WAIT = """
import sys
from reex_site.embedded.server import Server
Server(__import__("pathlib").Path(sys.argv[1]), durable=False).join()
print("joined", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(server_folder: Path) -> Path:
    """A data folder that does not exist yet."""
    return server_folder / "var"


@pytest.fixture
def server(folder: Path):
    running = Server(folder, durable=False)
    yield running
    running.leave()
    running.cluster.stop()


def other_process(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", JOIN_AND_WAIT, str(folder)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_starts_at_the_first_use_and_stops_with_the_last(server):
    assert server.cluster.process() is None
    server.join()
    assert server.cluster.is_ready()
    assert server.leave()
    assert server.cluster.process() is None


def test_data_survives_a_stop(server):
    server.join()
    server.create_database("news")
    with psycopg.connect(server.address("news")) as connection:
        connection.execute("CREATE TABLE said (words text)")
        connection.execute("INSERT INTO said VALUES ('稀土')")
    server.leave()
    server.join()
    with psycopg.connect(server.address("news")) as connection:
        assert connection.execute("SELECT words FROM said").fetchone() == ("稀土",)


def test_trigrams_see_chinese(server):
    server.join()
    server.create_database("news")
    with psycopg.connect(server.address("news")) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT similarity('北方稀土', '北方稀土集团') > 0.3").fetchone() == (True,)
        assert connection.execute("SELECT datlocprovider, datlocale FROM pg_database LIMIT 1").fetchone() == (
            "b",
            "C.UTF-8",
        )


def test_processes_that_start_at_once_share_one_server(folder, server):
    others = [other_process(folder) for _ in range(3)]
    assert [other.stdout.readline() for other in others] == ["joined\n"] * 3
    first = server.cluster.process()
    for other in others[:2]:
        other.communicate("")
    assert server.cluster.process() == first
    others[2].communicate("")
    assert server.cluster.process() is None


def test_a_killed_user_does_not_hold_the_server_up(folder, server):
    other = other_process(folder)
    other.stdout.readline()
    other.kill()
    other.wait()
    assert server.cluster.is_ready()
    assert server.stop_if_unused()
    assert server.cluster.process() is None


def test_stopping_an_unused_server_starts_nothing(server):
    assert not server.stop_if_unused()
    assert not server.directory.exists()


def test_a_stale_pid_file_does_not_keep_it_from_starting(server):
    server.join()
    server.leave()
    (server.cluster.pgdata / "postmaster.pid").write_text(f"{os.getpid()}\n{server.cluster.pgdata}\n")
    server.join()
    assert server.cluster.is_ready()


def test_a_killed_server_leaves_nothing_in_the_way(server):
    """Its lock files name a living process, as after a restart of the machine, and a backend of it is still busy."""
    server.join()
    busy = psycopg.connect(server.address("postgres"), autocommit=True)
    busy.execute("CREATE TABLE kept AS SELECT 1 AS n")
    busy.execute("CHECKPOINT")
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 10000000000)")
    killed = server.cluster.process()
    killed.kill()
    killed.wait()
    assert busy.info.backend_pid in [one.pid for one in server.cluster.orphans()]
    folder = server.cluster.socket_directory()
    for lock in (server.cluster.pgdata / "postmaster.pid", folder / f"{SOCKET_NAME}.lock"):
        lock.write_text("\n".join([str(os.getpid()), *lock.read_text().splitlines()[1:]]))
    server.leave()
    server.join()
    assert busy.info.backend_pid not in [one.pid for one in server.cluster.orphans()]
    busy.close()
    with psycopg.connect(server.address("postgres")) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_a_long_path_gets_a_short_socket(tmp_path):
    deep = Cluster(tmp_path / ("long " * 30) / "postgres")
    assert len(os.fsencode(deep.socket_directory() / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
    assert deep.socket_directory() != Cluster(tmp_path / ("far " * 30) / "postgres").socket_directory()


def test_the_short_socket_folder_goes_with_the_server(server_folder):
    deep = Server(server_folder / ("long " * 30).strip(), durable=False)
    sockets = deep.join()
    assert sockets.is_dir()
    deep.leave()
    assert not sockets.exists()


def test_a_damaged_folder_is_told_apart(server):
    server.join()
    server.leave()
    (server.cluster.pgdata / "PG_VERSION").unlink()
    with pytest.raises(EmbeddedError, match="PG_VERSION is missing"):
        server.join()


def test_another_major_version_is_refused_with_a_remedy(server):
    server.join()
    server.leave()
    (server.cluster.pgdata / "PG_VERSION").write_text("15\n")
    with pytest.raises(EmbeddedError, match=r"made by PostgreSQL 15.*--data"):
        server.join()


def test_when_it_does_not_start_the_end_of_its_log_is_shown(server):
    server.join()
    server.leave()
    with (server.cluster.pgdata / "postgresql.conf").open("a") as configuration:
        configuration.write("nonsense = 1\n")
    with pytest.raises(EmbeddedError, match="nonsense"):
        server.join()
