"""The FCM client on its own: checked messages, and an outcome for each thing there is to do."""

from __future__ import annotations

from datetime import timedelta

from postengine.fcm import (
    ConfigError,
    DeliveredToFcm,
    DropDevice,
    Expired,
    FcmClient,
    Message,
    MessageInvalid,
    Notification,
    RetryAt,
    ServiceAccount,
)
from postengine.testing.clock import FakeClock
from postengine.testing.fcm import FakeFcm


def main() -> None:
    """Speak with a FakeFcm; for the real one leave out all arguments but the credentials."""
    clock = FakeClock()
    fake = FakeFcm(clock=clock)
    phones = ["phone-1", "phone-2", "phone-3"]
    fake.register(*phones)
    fake.unregister("phone-2")
    fake.fail_next("QUOTA_EXCEEDED", fid="phone-3", retry_after="30")
    account = ServiceAccount(fake.service_account())
    with fake.http() as http, FcmClient(account, base_url=fake.url, http=http, clock=clock) as fcm:
        title = Notification(title="Time to post: 3 Bedroom Apartment")
        messages = [Message(fid=phone, data={"task_id": "7"}, notification=title) for phone in phones]
        outcomes = fcm.send_many(messages, valid_for=timedelta(hours=2))
    for phone, outcome in zip(phones, outcomes, strict=True):
        match outcome:
            case DeliveredToFcm():
                print(phone, "rings")
            case DropDevice():
                print(phone, "is gone: forget its registration")
            case RetryAt(after_s=after_s):
                print(phone, f"later: in {after_s:.0f} s")
            case Expired():
                print(phone, "never: the task is over by then")
            case ConfigError(reason=reason):
                print(phone, "needs a person:", reason)
    try:
        Message(fid="phone-1", data={"text": "x" * 5000})
    except MessageInvalid as error:
        print("refused before sending:", error)


if __name__ == "__main__":
    main()
