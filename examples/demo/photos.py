"""The photos of the demo: drawn ones, or the caller's own."""

from __future__ import annotations

from pathlib import Path

from examples.listings.draw_photos import CASA_NORTE, HARBOUR_AND_HILL, SCENES, draw_logo, draw_photo

_ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff"}


def draw_named(names: list[str], folder: Path) -> dict[str, Path]:
    """Draw the sample photos of these names into `folder`, unless they are there; return name → file."""
    folder.mkdir(parents=True, exist_ok=True)
    scenes = {f"{scene.name}.jpg": (seed, scene) for seed, scene in enumerate(SCENES)}
    files: dict[str, Path] = {}
    for name in names:
        if name not in scenes:
            raise SystemExit(
                f"there is no sample photo {name}; there are {', '.join(scenes)}; or give PHOTOS=dir"
            )
        seed, scene = scenes[name]
        files[name] = folder / name
        if not files[name].exists():
            draw_photo(scene, files[name], seed)
    return files


def take_own(names: list[str], folder: Path) -> dict[str, Path]:
    """Return name → one of the caller's own photos: that of the same name, else the next one in order."""
    own = sorted(path for path in folder.glob("*") if path.suffix.lower() in _ENDINGS)
    if not own:
        raise SystemExit(f"{folder} holds no photos; put some ({', '.join(sorted(_ENDINGS))}) into it")
    by_name = {path.name: path for path in own}
    return {name: by_name.get(name, own[index % len(own)]) for index, name in enumerate(names)}


def draw_logos(folder: Path) -> dict[str, Path]:
    """Draw the two sample logos; return name → file."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, Path] = {}
    for name, colours in (HARBOUR_AND_HILL, CASA_NORTE):
        file = f"logo-{name.split()[0].lower()}.png"
        files[file] = draw_logo(name, colours, folder / file)
    return files
