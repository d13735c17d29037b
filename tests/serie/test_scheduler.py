"""A series on a cluster that runs already, which TLS protects: what it gives, and what faults in it do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time

import psutil
import pytest
import trustme

from tools.bench.processes import SERIES, start, units

pytestmark = pytest.mark.process

HTML = ("--til", "html")
ALL = ["5001", "5002", "5003"]
_ROLES = ("SCHEDULER", "WORKER", "CLIENT")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Dask's settings, as variables of the environment, for keys that one authority has signed."""
    folder = tmp_path_factory.mktemp("nøkler")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    found = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(folder / "ca.pem")}
    for role in _ROLES:
        own = authority.issue_cert("127.0.0.1", common_name=role.lower())
        own.private_key_and_cert_chain_pem.write_to_path(str(folder / f"{role}.pem"))
        for kind in ("KEY", "CERT"):
            found[f"DASK_DISTRIBUTED__COMM__TLS__{role}__{kind}"] = str(folder / f"{role}.pem")
    return found


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, keys, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tls://127.0.0.1:{self.port}"
        self._keys, self._folder = keys, folder
        self._processes = []

    def _begin(self, program, *arguments, limit=0):
        environment = {**os.environ, **self._keys, "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._processes.append(process)
        if limit:  # as a full disk: no file of it, or of what it starts, grows past so many bytes
            psutil.Process(process.pid).rlimit(psutil.RLIMIT_FSIZE, (limit, limit))
        return process

    def scheduler(self):
        arguments = ("--protocol", "tls", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        process = self._begin("dask_scheduler", *arguments)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.1)
        return process

    def worker(self, limit=0):
        folder = self._folder / f"arbeider-{len(self._processes)}"
        folder.mkdir()
        arguments = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder))
        return self._begin("dask_worker", self.address, *arguments, limit=limit)

    def close(self):
        family = [one for process in self._processes for one in _tree(process.pid)]
        for one in family:
            one.kill()
        for process in self._processes:
            process.wait()


def _tree(process):
    try:
        found = psutil.Process(process)
        return [found, *found.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


@pytest.fixture
def cluster(keys, tmp_path):
    found = Cluster(keys, tmp_path)
    yield found
    found.close()


def serie(root, *arguments, **environment):
    process = start(root, *HTML, *arguments, command=SERIES, **environment)
    said, errors = process.communicate(timeout=600)
    return process.returncode, said + errors


def built(root):
    return sorted(entry.name for entry in (root / "_serie").iterdir() if entry.name.isdigit())


def test_a_cluster_gives_the_same_bytes_as_this_machine(the_series, cluster, keys):
    cluster.scheduler()
    for _ in range(2):
        cluster.worker()
    code, said = serie(the_series, "--scheduler", cluster.address, **keys)
    assert code == 0, said
    assert built(the_series) == ALL
    there = units(the_series)
    shutil.rmtree(the_series / "_serie")
    assert serie(the_series, "--arbeidere", "1")[0] == 0
    assert units(the_series) == there


def test_without_the_keys_nothing_is_sent(the_series, cluster):
    cluster.scheduler()
    code, said = serie(the_series, "--scheduler", cluster.address)
    assert code == 1
    assert "N1188" in said
    assert "Traceback" not in said


def test_an_open_scheduler_on_the_network_is_refused(the_series):
    code, said = serie(the_series, "--scheduler", "tcp://192.0.2.1:8786")
    assert code == 1
    assert "ikke kryptert" in said
    assert "N1187" in said


def test_a_scheduler_that_was_killed_and_started_again_gets_what_is_left(the_series, cluster, keys):
    scheduler = cluster.scheduler()
    cluster.worker()
    process = start(the_series, *HTML, "--scheduler", cluster.address, command=SERIES, **keys)
    deadline = time.monotonic() + 300
    while not (the_series / "_serie").is_dir() or not built(the_series):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    scheduler.kill()
    scheduler.wait()
    cluster.scheduler()
    cluster.worker()
    _, errors = process.communicate(timeout=600)
    assert process.returncode == 0, errors
    assert "prøver igjen" in errors
    assert built(the_series) == ALL


@pytest.mark.skipif(sys.platform != "linux", reason="bare Linux setter grenser for en annen prosess")
def test_a_worker_with_a_full_disk_leaves_its_units_to_the_others(the_series, cluster, keys):
    cluster.scheduler()
    cluster.worker(limit=20_000)
    code, said = serie(the_series, "--scheduler", cluster.address, **keys)
    assert code == 1
    assert "N1183" in said
    assert "Frigjør" in said or "større enn systemet tillater" in said
    assert built(the_series) == []
    cluster.worker()
    code, said = serie(the_series, "--scheduler", cluster.address, **keys)
    assert code == 0, said
    assert built(the_series) == ALL
