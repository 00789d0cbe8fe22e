"""The FCM client on its own: checked messages, and an outcome for each thing there is to do."""

from __future__ import annotations

from postengine.fcm import (
    ConfigError,
    DeliveredToFcm,
    DropDevice,
    FcmClient,
    Message,
    MessageInvalid,
    Notification,
    RetryAt,
    StaticToken,
)
from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm


def main() -> None:
    """Speak with a FakeFcm; a real one needs `ServiceAccount.from_file(…)` as credentials."""
    clock = FakeClock()
    fake = FakeFcm(clock=clock)
    fake.accept_token("token")
    fake.register("phone-1", "phone-2", "phone-3")
    fake.unregister("phone-2")
    with (
        fake.http() as http,
        FcmClient(
            StaticToken("token"), project_id=fake.project_id, base_url=fake.url, http=http, clock=clock
        ) as fcm,
    ):
        for phone in ("phone-1", "phone-2", "phone-3"):
            if phone == "phone-3":
                fake.fail_next("QUOTA_EXCEEDED", retry_after="30")
            message = Message(
                fid=phone,
                data={"task_id": "task-7"},
                notification=Notification(title="Time to post: 3 Bedroom Apartment"),
            )
            match fcm.send(message):
                case DeliveredToFcm():
                    print(phone, "rings")
                case DropDevice():
                    print(phone, "is gone: forget its registration")
                case RetryAt(after_s=after_s):
                    print(phone, f"later: in {after_s:.0f} s")
                case ConfigError(reason=reason):
                    print(phone, "needs a person:", reason)
    try:
        Message(fid="phone-1", data={"text": "x" * 5000})
    except MessageInvalid as error:
        print("refused before sending:", error)


if __name__ == "__main__":
    main()
