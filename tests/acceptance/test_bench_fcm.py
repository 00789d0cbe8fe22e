"""The parts of the FCM client's benchmark, small."""

from __future__ import annotations

import os

import pytest

from benchmarks.fcm import many, one_by_one, trusted_certificate

pytestmark = pytest.mark.serial


def test_both_clients_send_all_messages_to_the_same_server() -> None:
    with trusted_certificate() as pem:
        ours, theirs = one_by_one(pem, 2, 20)
        our_many, their_many = many(pem, 1)

    assert (len(ours), len(theirs), len(our_many), len(their_many)) == (2, 2, 1, 1)
    assert all(spent.wall_ms > 0 < spent.cpu_ms for spent in (*ours, *theirs, *our_many, *their_many))
    assert our_many[0].wall_ms > 80 / 128  # no message is answered before its 80 ms, at 128 at a time


def test_the_certificate_is_trusted_no_longer_than_it_exists() -> None:
    before = os.environ.get("SSL_CERT_FILE")

    with trusted_certificate() as pem:
        inside = os.environ["SSL_CERT_FILE"]

    assert (inside, os.environ.get("SSL_CERT_FILE"), pem.exists()) == (str(pem), before, False)
