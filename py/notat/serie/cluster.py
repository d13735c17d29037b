"""A Dask cluster to build on: this machine's own, with no set-up, or one that runs already.

Whoever can talk to a scheduler can run any code on its workers. So the local one speaks TLS, also on loopback, with
keys that are made for this run and never written; and another is used only where TLS says who its parts are.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from notat.text.errors import NotatError

_PATIENCE = 60  # seconds for a scheduler to answer
_STARTS = 3  # attempts to start the workers of this machine
_SETTINGS = {
    # A task is sent to a worker when it can begin it: all that a lost worker takes along is one unit.
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.allowed-failures": 5,
    # The units are built in processes of their own, whose memory the workers watch.
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.worker.memory.terminate": False,
    # Nothing is answered to a browser.
    **{f"distributed.{part}.http.routes": [] for part in ("scheduler", "worker", "nanny")},
    "distributed.comm.timeouts.connect": f"{_PATIENCE}s",
    "distributed.admin.tick.limit": "1h",  # unpacking and reading are no fault of the loop
}


def refuse_missing() -> None:
    """Refuse where the optional packages are not installed."""
    if not (find_spec("distributed") and find_spec("cryptography")):
        remedy = 'Kjør pip install "notat[serie]".'
        raise NotatError("N1182", "Å bygge en serie bruker pakker som ikke er installert.", remedy=remedy)


def refuse_open(address: str) -> None:
    """Refuse an address where anybody on the network could run code as us, or read the series."""
    parts = urlsplit(address)
    if parts.scheme not in ("tls", "tcp") or not parts.hostname:
        raise NotatError("N1187", f"«{address}» er ingen adresse.", remedy="Skriv tls://maskin:port.")
    if parts.scheme == "tls" or _is_loopback(parts.hostname):
        return
    raise NotatError(
        "N1187",
        f"{address} er ikke kryptert, og spør ingen om hvem de er: Alle på nettet kan kjøre kode der og lese serien.",
        remedy="Start planleggeren med TLS, og skriv tls://; docs/skalering.md viser hvordan.",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def connected(address: str, workers: int, scratch: Path) -> Iterator[Any]:
    """A client of the scheduler at `address`, or of a cluster of `workers` processes on this machine."""
    import dask
    from distributed import Client

    _quieten()
    with dask.config.set(_SETTINGS):
        if address:
            try:
                client = Client(address, timeout=_PATIENCE, security=_keys(address), set_as_default=False)
            except (OSError, TimeoutError, ValueError) as error:
                said = " ".join(str(error).split())
                remedy = "Kontroller adressen og nøklene."
                raise NotatError("N1188", f"Fikk ikke kontakt med {address}: {said}", remedy=remedy) from None
            try:
                yield client
            finally:
                with contextlib.suppress(Exception):  # it may be gone
                    client.close(timeout=5)
            return
        with _local(workers, scratch) as cluster, Client(cluster, set_as_default=False) as client:
            yield client


@contextmanager
def _local(workers: int, scratch: Path) -> Iterator[Any]:
    for attempt in range(1, _STARTS + 1):
        try:
            cluster = _started(workers, scratch)
            break
        except RuntimeError as error:  # a worker ended before it had begun
            if attempt == _STARTS:
                said = " ".join(str(error).split())
                raise NotatError("N1185", f"Arbeiderne kom ikke i gang: {said}", remedy="Kjør på nytt.") from None
    with cluster:
        yield cluster


def _started(workers: int, scratch: Path) -> Any:
    from distributed import LocalCluster, Security

    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        protocol="tls://",
        security=Security.temporary(),
        dashboard_address=None,
        local_directory=str(scratch),
        silence_logs=logging.CRITICAL,
    )


def _keys(address: str) -> Any:
    """The TLS keys of Dask's own configuration."""
    from distributed.security import Security

    if not address.startswith("tls:"):
        return None
    security = Security(require_encryption=True)
    if security.get_connection_args("client")["ssl_context"] is None:
        remedy = "Skriv dem i Dasks innstillinger; docs/skalering.md viser hvordan."
        raise NotatError("N1188", f"{address} krever nøkler, og ingen er oppgitt.", remedy=remedy)
    return security


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _quieten() -> None:
    """What goes wrong on the way is said by the series; Dask's own words are for those who run a cluster."""
    warnings.filterwarnings("ignore", module="distributed")
    for name in ("distributed", "bokeh", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
