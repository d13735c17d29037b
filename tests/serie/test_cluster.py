"""Which schedulers are used: the machine's own, and others that TLS protects."""

from __future__ import annotations

import pytest

from notat.serie import cluster
from notat.text.errors import NotatError


@pytest.mark.parametrize(
    "address",
    ["tls://maskin:8786", "tls://10.0.0.1:8786", "tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:1"],
)
def test_a_scheduler_is_used_that_no_stranger_can_reach(address):
    cluster.refuse_open(address)


@pytest.mark.parametrize("address", ["tcp://maskin:8786", "tcp://10.0.0.1:8786", "tcp://0.0.0.0:8786", "tcp://[::]:1"])
def test_an_open_scheduler_is_refused_with_the_reason(address):
    with pytest.raises(NotatError, match="N1187") as caught:
        cluster.refuse_open(address)
    assert "ikke kryptert" in caught.value.problem
    assert "tls://" in caught.value.remedy


@pytest.mark.parametrize("address", ["maskin:8786", "http://maskin", "tls://", "inproc://a"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(NotatError, match="N1187"):
        cluster.refuse_open(address)


def test_without_the_optional_packages_they_are_named(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(NotatError, match="N1182") as caught:
        cluster.refuse_missing()
    assert "notat[serie]" in caught.value.remedy
