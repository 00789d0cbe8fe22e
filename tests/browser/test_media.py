"""Files: large ones, damaged ones, and those that nobody wants any more."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from .office import Office
from .phone import Phone
from .pictures import HOUSE, write_video

LARGE = 20_000_000
_LISTEN = """() => {
    window.parts = [];
    new BroadcastChannel("agent").onmessage = ({ data }) => {
        if (data.type === "progress") window.parts.push(data.part);
    };
}"""


def test_a_video_of_20_mb_is_fetched_with_its_progress_and_shared_whole(office: Office, phone: Phone) -> None:
    file = office.folder / "tour.mp4"
    write_video(file, LARGE)
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    office.plan(media=office.file(file, "A tour of the flat"))
    phone.page.evaluate(_LISTEN)

    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.until_fetched()
    parts = phone.page.evaluate("window.parts")
    phone.tap("Post it now")
    phone.page.locator("main video").wait_for()
    phone.tap("Share…")
    phone.button("Yes, posted").wait_for()

    assert len(parts) > 10
    assert parts == sorted(parts)
    assert parts[-1] == 1
    whole = {"name": "tour.mp4", "type": "video/mp4", "size": LARGE, "sha256": sha256}
    assert phone.shared()[0]["files"] == [whole]


def test_a_file_is_waited_for_with_its_progress(office: Office, phone: Phone) -> None:
    with office.service.holding("/agent/v1/assets/"):
        task = office.plan()
        phone.open(f"?task={task}")
        phone.sees("Getting the file:")
        assert phone.page.get_by_role("progressbar").is_visible()

    phone.button("Share…").wait_for()


def test_a_download_that_breaks_off_is_begun_again(office: Office, phone: Phone) -> None:
    office.service.cuts_files = True
    task = office.plan()
    phone.open(f"?task={task}")
    phone.sees("Getting the file:")
    office.service.until_asked("GET", "assets/")

    office.service.cuts_files = False
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.button("Share…").wait_for()

    assert "failed" not in office.told(task)


def test_a_damaged_file_is_not_offered_and_told_once(office: Office, phone: Phone) -> None:
    task = office.plan()
    file = office.stored(task)
    file.chmod(0o600)
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    phone.open(f"?task={task}")
    phone.sees("The file arrived damaged.")
    phone.until_told()
    phone.reopen(f"?task={task}")
    phone.sees("The file arrived damaged.")
    phone.until_told()

    assert office.told(task).count("failed") == 1


def test_files_are_let_go_when_their_task_is_over(office: Office, phone: Phone) -> None:
    task = office.plan()
    office.plan("Tomorrow", kind="tiktok_personal", media=office.photo(HOUSE), at=timedelta(hours=20))
    phone.reopen()
    phone.until_fetched(2)

    phone.open(f"?task={task}")
    phone.tap("I have posted it")
    phone.tap("Yes, posted")
    phone.sees("The office knows.")
    phone.reopen()

    phone.until_fetched(1)
    phone.sees("The next 24 hours")
    phone.sees("Tomorrow")


def test_what_has_no_room_is_fetched_when_it_is_due(office: Office, phone: Phone) -> None:
    kept = phone.page.evaluate(
        """async (version) => {
            const { makeRoom } = await import(`/agent/files/${version}/media.js`);
            const assets = [300e6, 90e6, 90e6].map((bytes, index) => ({ sha256: `${index}`, bytes }));
            return (await makeRoom(assets)).map((asset) => asset.sha256);
        }""",
        office.service.version,
    )

    assert kept == ["0", "1"]


def test_a_file_that_the_office_replaced_is_fetched_anew(office: Office, phone: Phone) -> None:
    task = office.plan()
    phone.open(f"?task={task}")
    phone.button("Share…").wait_for()
    before = office.stored(task)

    office.replace_file(task, office.photo(HOUSE))
    assert office.stored(task) != before
    phone.reopen(f"?task={task}")
    phone.until(
        "async (name) => (await caches.open('media').then((media) => media.keys()))[0]?.url.endsWith(name)",
        office.stored(task).name,
    )
    phone.tap("Share…")
    phone.button("Yes, posted").wait_for()

    (file,) = phone.shared()[0]["files"]
    assert file["sha256"] == hashlib.sha256(office.stored(task).read_bytes()).hexdigest()
