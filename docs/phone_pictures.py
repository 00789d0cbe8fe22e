"""Takes the pictures of docs/agent.md over from the last run of tests/browser, small.

python docs/phone_pictures.py
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
TAKEN = ROOT / "test-output" / "phone"
SHOWN = {
    "pair": "light/1-pair",
    "set-up": "light/3-it-rings",
    "list": "light/5-list",
    "task": "light/6-task",
    "did-you-post": "light/7-did-you-post",
    "posted": "light/10-posted",
    "group": "light/12-group",
    "dark": "dark/6-task",
    "arabic": "arabic/6-task",
    "iphone": "iphone-light/1-add-to-home-screen",
}
WIDTH_PX = 360


def main() -> None:
    """Shrink each picture into `docs/agent/`."""
    for name, source in SHOWN.items():
        with Image.open(TAKEN / f"{source}.png") as picture:
            size = (WIDTH_PX, round(picture.height * WIDTH_PX / picture.width))
            picture.convert("RGB").resize(size).save(ROOT / "docs" / "agent" / f"{name}.webp", quality=80)


if __name__ == "__main__":
    main()
