"""Brushes for the drawn sample photographs: gradients, light, leaves, grain. Coordinates are fractions."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Rgb = tuple[int, int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Stop:
    """A colour at a place along a gradient, 0 to 1."""

    at: float
    colour: Rgb


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    """Return `a` with `share` of `b`."""
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue


class Painting:
    """A picture in the making.

    Args:
        width: In pixels.
        height: In pixels.
        seed: The same seed paints the same picture.
    """

    def __init__(self, width: int, height: int, seed: int) -> None:
        self.width, self.height = width, height
        self.random = random.Random(seed)
        self.grain = np.random.default_rng(seed)
        self.image = Image.new("RGB", (width, height))
        self.draw = ImageDraw.Draw(self.image)

    def points(self, corners: Sequence[Point]) -> list[Point]:
        """Return fractions as pixels."""
        return [(x * self.width, y * self.height) for x, y in corners]

    def sky(self, stops: Sequence[Stop], until: float = 1.0) -> None:
        """Fill from the top down to `until` with a gradient."""
        self.blend([(0, 0), (1, 0), (1, until), (0, until)], stops)

    def blend(
        self, corners: Sequence[Point], stops: Sequence[Stop], *, sideways: bool = False, soft: float = 0
    ) -> None:
        """Fill a polygon with a gradient over its bounding box, top to bottom or left to right."""
        points = self.points(corners)
        left, top = (max(math.floor(min(p[axis] for p in points) - soft * 3), 0) for axis in (0, 1))
        right = min(math.ceil(max(p[0] for p in points) + soft * 3), self.width)
        bottom = min(math.ceil(max(p[1] for p in points) + soft * 3), self.height)
        size = right - left, bottom - top
        if min(size) < 1:
            return
        ramp = _ramp(stops, size[0] if sideways else size[1])
        row = Image.fromarray(ramp[None, :, :] if sideways else ramp[:, None, :]).resize(size)
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in points], fill=255)
        self.image.paste(row, (left, top), mask.filter(ImageFilter.GaussianBlur(soft)) if soft else mask)

    def box(self, x: float, y: float, w: float, h: float, top: Rgb, bottom: Rgb | None = None) -> None:
        """Fill a rectangle, plain or with a gradient."""
        if bottom is None:
            self.draw.rectangle(
                (x * self.width, y * self.height, (x + w) * self.width, (y + h) * self.height), top
            )
        else:
            self.blend([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], [Stop(0, top), Stop(1, bottom)])

    def round_box(self, x: float, y: float, w: float, h: float, radius: float, top: Rgb, bottom: Rgb) -> None:
        """Fill a rectangle with round corners (radius as a fraction of the width) with a gradient."""
        width, height = max(round(w * self.width), 1), max(round(h * self.height), 1)
        ramp = Image.fromarray(_ramp([Stop(0, top), Stop(1, bottom)], height)[:, None, :]).resize(
            (width, height)
        )
        mask = Image.new("L", (width, height), 0)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), radius * self.width, fill=255)
        self.image.paste(ramp, (round(x * self.width), round(y * self.height)), mask)

    def line(self, a: Point, b: Point, colour: Rgb, px: float = 2) -> None:
        """Draw a line `px` wide."""
        self.draw.line(self.points([a, b]), fill=colour, width=max(round(px), 1))

    def ellipse(self, x: float, y: float, rx: float, ry: float, colour: Rgb) -> None:
        """Fill an ellipse around (x, y)."""
        w, h = self.width, self.height
        self.draw.ellipse(((x - rx) * w, (y - ry) * h, (x + rx) * w, (y + ry) * h), fill=colour)

    def light(self, corners: Sequence[Point], colour: Rgb, strength: float, blur: float) -> None:
        """Add a soft polygon of light; blur is a fraction of the width."""
        self._soft(corners, colour, strength, blur, darken=False)

    def shadow(
        self, corners: Sequence[Point], strength: float, blur: float, colour: Rgb = (20, 24, 36)
    ) -> None:
        """Lay a soft polygon of shadow."""
        self._soft(corners, colour, strength, blur, darken=True)

    def glow(self, x: float, y: float, radius: float, colour: Rgb, strength: float) -> None:
        """Add a round glow, as around a lamp."""
        tall = radius * self.width / self.height
        steps = [i * math.tau / 24 for i in range(24)]
        ring = [(x + math.cos(a) * radius * 0.5, y + math.sin(a) * tall * 0.5) for a in steps]
        self.light(ring, colour, strength, radius * 0.35)

    def clouds(self, until: float, colour: Rgb, strength: float) -> None:
        """Lay soft streaks of cloud over the sky."""
        small = self.grain.random((18, 14)).astype(np.float32)
        fine = self.grain.random((60, 30)).astype(np.float32)
        size = self.width // 4, max(int(self.height * until) // 4, 1)
        layers = [
            np.asarray(Image.fromarray(n).resize(size, Image.Resampling.BICUBIC)) for n in (small, fine)
        ]
        field = np.clip((layers[0] * 0.7 + layers[1] * 0.3 - 0.5) * 2.6, 0, 1)
        field *= np.sin(np.linspace(0.15, math.pi * 0.98, size[1]))[:, None]
        mask = Image.fromarray((field * 255 * strength).astype(np.uint8)).resize(
            (self.width, int(self.height * until)), Image.Resampling.BICUBIC
        )
        self.image.paste(Image.new("RGB", mask.size, colour), (0, 0), mask)

    def foliage(
        self, x: float, y: float, rx: float, ry: float, dark: Rgb, light: Rgb, leaves: int = 260
    ) -> None:
        """Paint a crown or a shrub of many leaves, lit from the upper left."""
        dots: list[tuple[float, float, float]] = []
        for _ in range(leaves):
            angle, far = self.random.random() * math.tau, math.sqrt(self.random.random())
            dots.append((math.cos(angle) * far, math.sin(angle) * far, self.random.random()))
        for dx, dy, chance in sorted(dots, key=lambda d: d[2] - d[1] * 0.6 - d[0] * 0.3):
            lit = min(max(0.45 - dy * 0.38 - dx * 0.22 + (chance - 0.5) * 0.5, 0), 1)
            size = rx * (0.10 + 0.10 * chance)
            self.ellipse(
                x + dx * rx, y + dy * ry, size, size * self.width / self.height * 0.8, mix(dark, light, lit)
            )

    def grass(self, top: float, far: Rgb, near: Rgb, blades: int = 2600) -> None:
        """Paint a lawn from `top` to the bottom edge."""
        self.box(0, top, 1, 1 - top, far, near)
        for _ in range(blades):
            depth = self.random.random() ** 0.7
            x, y = self.random.random(), top + (1 - top) * depth
            lean, length = (self.random.random() - 0.5) * 0.006, 0.004 + 0.014 * depth
            tone = mix(
                mix(far, near, depth), (235, 240, 170) if self.random.random() > 0.5 else (14, 40, 20), 0.2
            )
            self.line((x, y), (x + lean, y - length), tone, 1 + 2 * depth)

    def texture(self, box: tuple[float, float, float, float], strength: float) -> None:
        """Roughen a rectangle (left, top, right, bottom), as plaster or cloth."""
        left, top, right, bottom = (
            round(v * (self.height if i % 2 else self.width)) for i, v in enumerate(box)
        )
        patch = np.asarray(self.image.crop((left, top, right, bottom)), dtype=np.float32)
        noise = self.grain.normal(0, strength, patch.shape[:2]).astype(np.float32)
        self.image.paste(
            Image.fromarray(np.clip(patch + noise[..., None], 0, 255).astype(np.uint8)), (left, top)
        )

    def mirror(self, top: float, bottom: float, axis: float, strength: float, tint: Rgb) -> None:
        """Reflect what stands above `axis` in water between `top` and `bottom`, rippled and tinted."""
        y0, y1 = round(top * self.height), round(bottom * self.height)
        source = np.asarray(self.image)
        water = np.empty((y1 - y0, self.width, 3), np.float32)
        for row in range(y1 - y0):
            wave = math.sin(row * 0.35) * 2.5 + math.sin(row * 0.11) * 4
            from_y = round(axis * self.height - (y0 + row - axis * self.height) * 1.05)
            water[row] = np.roll(source[min(max(from_y, 0), self.height - 1)], round(wave), axis=0)
        mixed = water * strength + np.array(tint, np.float32) * (1 - strength)
        soft = Image.fromarray(mixed.astype(np.uint8)).filter(ImageFilter.GaussianBlur(2.2))
        self.image.paste(soft, (0, y0))

    def developed(self, width: int, height: int, *, warmth: float = 0.0, grain: float = 2.0) -> Image.Image:
        """Return the finished photograph at `width` x `height`: lens softness, vignette, tone and grain."""
        small = self.image.filter(ImageFilter.GaussianBlur(0.7))
        bloom = small.resize((self.width // 8, self.height // 8)).filter(ImageFilter.GaussianBlur(9))
        lit = ImageChops.screen(small, bloom.point(lambda v: max(v - 120, 0) * 0.35).resize(small.size))
        pixels = np.asarray(lit, dtype=np.float32)
        y, x = np.ogrid[-1 : 1 : self.height * 1j, -1 : 1 : self.width * 1j]
        pixels = pixels * (1 - 0.16 * (x * x + y * y) / 2)[..., None].astype(np.float32)
        pixels *= np.array([1 + 0.05 * warmth, 1.0, 1 - 0.06 * warmth], np.float32)
        pixels += self.grain.normal(0, grain, (self.height, self.width, 1)).astype(np.float32)
        done = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
        return done.resize((width, height), Image.Resampling.BICUBIC)

    def _soft(
        self, corners: Sequence[Point], colour: Rgb, strength: float, blur: float, *, darken: bool
    ) -> None:
        size = self.width // 4, self.height // 4
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(
            [(x * size[0], y * size[1]) for x, y in corners], fill=round(255 * strength)
        )
        mask = mask.filter(ImageFilter.GaussianBlur(max(blur * size[0], 0.1)))
        mask = mask.resize(self.image.size, Image.Resampling.BILINEAR)
        if darken:
            self.image.paste(Image.new("RGB", self.image.size, colour), (0, 0), mask)
        else:
            added = ImageChops.screen(self.image, Image.new("RGB", self.image.size, colour))
            self.image.paste(added, (0, 0), mask)


def _ramp(stops: Sequence[Stop], length: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    places = np.linspace(0, 1, max(length, 1))
    channels = [np.interp(places, [s.at for s in stops], [s.colour[i] for s in stops]) for i in range(3)]
    return np.stack(channels, axis=1).astype(np.uint8)
