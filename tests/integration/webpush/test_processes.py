"""Several processes: they agree on one key pair, and the fake serves as a process of its own."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from postengine.webpush import (
    Accepted,
    DropDevice,
    Message,
    Notification,
    Subscription,
    VapidKeys,
    WebPushClient,
)

MAKE = """
import sys
from pathlib import Path
from postengine.webpush import read_or_make_keys

print("ready", flush=True)
sys.stdin.readline()
print(read_or_make_keys(Path(sys.argv[1])).public_key)
"""


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@pytest.mark.serial
def test_processes_that_start_together_have_the_same_keys(tmp_path: Path) -> None:
    file = tmp_path / "data" / "vapid.pem"
    processes = [_start("-c", MAKE, str(file)) for _ in range(6)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()

    found = {process.communicate(timeout=60)[0].strip() for process in processes}

    assert found == {VapidKeys.from_pem(file.read_bytes()).public_key}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["vapid.pem"]


@pytest.mark.serial
def test_the_fake_serves_until_it_is_interrupted() -> None:
    keys = VapidKeys.generate()
    message = Message(notification=Notification(title="Time to post", url="https://p.example/"), ttl_s=60)
    with _start("-m", "postengine.testing.webpush") as process:
        assert process.stdout is not None
        url = process.stdout.readline().removeprefix("listening on ").strip()
        with (
            httpx.Client(base_url=url) as http,
            WebPushClient(
                keys, subject="mailto:push@harbour-homes.pt", http=http, allows_local=True
            ) as client,
        ):
            made = http.post("/_fake/subscriptions", json={"application_server_key": keys.public_key}).json()
            subscription = Subscription.from_json(json.dumps(made))
            sent = client.send(message, subscription)
            shown = http.get("/_fake/messages").json()["messages"]
            http.delete(f"/_fake/subscriptions/{made['id']}")
            gone = client.send(message, subscription)
        process.send_signal(signal.SIGTERM)

    assert process.returncode == 0
    assert isinstance(sent, Accepted)
    assert shown[0]["notification"]["title"] == "Time to post"
    assert isinstance(gone, DropDevice)
