"""Pictures as the encoder wants them: Y, U and V planes, BT.709, limited range, colour at half resolution."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from postengine.render.image.draw import RgbaPixels
from postengine.render.image.geometry import Region, Size
from postengine.render.image.photo import RgbPixels

Plane = NDArray[np.uint8]

# BT.709 with Y in 16..235 and colour in 16..240: ITU-R BT.709-6, items 3.2 and 3.4, for 8 bits.
_TO_YUV = np.array(
    [
        [0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16.0],
        [-0.2126 / 1.8556 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, 0.9278 / 1.8556 * 224 / 255, 128.0],
        [0.7874 / 1.5748 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, -0.0722 / 1.5748 * 224 / 255, 128.0],
    ],
    dtype=np.float32,
)


@dataclass(frozen=True)
class Frame:
    """One picture in planes; `u` and `v` have half the width and height of `y`."""

    y: Plane
    u: Plane
    v: Plane

    @property
    def planes(self) -> tuple[Plane, Plane, Plane]:
        """The planes in the order in which they are written."""
        return self.y, self.u, self.v

    @property
    def size(self) -> Size:
        """Width and height in pixels."""
        return Size(self.y.shape[1], self.y.shape[0])


def to_frame(pixels: RgbPixels) -> Frame:
    """Convert sRGB pixels of even width and height."""
    yuv = cv2.transform(pixels, _TO_YUV)
    half = (pixels.shape[1] // 2, pixels.shape[0] // 2)
    chroma = cv2.resize(np.ascontiguousarray(yuv[..., 1:]), half, interpolation=cv2.INTER_AREA)
    return Frame(
        _plane(yuv[..., 0]),
        _plane(chroma[..., 0]),
        _plane(chroma[..., 1]),
    )


def shrunk(pixels: RgbPixels, size: Size) -> RgbPixels:
    """Return all of a photo at a smaller size, its shape not kept; for measuring, not for showing."""
    return _plane(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def seen_through(frame: Frame, window: Region, size: Size) -> Frame:
    """Return what is seen of `frame` through a window with fractional edges, at `size`."""
    planes = [
        _warp(plane, window, factor, (size.width // factor, size.height // factor))
        for plane, factor in zip(frame.planes, (1, 2, 2), strict=True)
    ]
    return Frame(*planes)


def crossfaded(a: Frame, b: Frame, share: float) -> Frame:
    """Return `a` with `share` (0 to 1) of `b`."""
    mixed = (cv2.addWeighted(x, 1.0 - share, y, share, 0.0) for x, y in zip(a.planes, b.planes, strict=True))
    return Frame(*(_plane(plane) for plane in mixed))


@dataclass(frozen=True)
class Layer:
    """A transparent picture in planes, ready to be laid over frames.

    Attributes:
        colour: Its planes, already multiplied by its opacity.
        keeps: For each plane, how much of what lies beneath shows through, 0 to 255.
    """

    colour: Frame
    keeps: Frame


def to_layer(pixels: RgbaPixels) -> Layer:
    """Convert a layer of even width and height."""
    opaque = to_frame(np.ascontiguousarray(pixels[..., :3]))
    alpha = np.ascontiguousarray(pixels[..., 3])
    half = (alpha.shape[1] // 2, alpha.shape[0] // 2)
    alpha_half = _plane(cv2.resize(alpha, half, interpolation=cv2.INTER_AREA))
    alphas = (alpha, alpha_half, alpha_half)
    # Transparent pixels are black in `pixels`, which at edges would bleed into the smaller colour planes:
    # colour is averaged by its opacity.
    weights = pixels[..., 3:].astype(np.float32) / 255.0
    bled = cv2.resize(pixels[..., :3].astype(np.float32) * weights, half, interpolation=cv2.INTER_AREA)
    cover = alpha_half[..., None].astype(np.float32) / 255.0
    straight = np.divide(bled, cover, out=np.zeros_like(bled), where=cover > 0)
    chroma = cv2.transform(np.rint(straight.clip(0, 255)).astype(np.uint8), _TO_YUV)
    colours = (opaque.y, _plane(chroma[..., 1]), _plane(chroma[..., 2]))
    multiplied = [_plane(cv2.multiply(c, a, scale=1 / 255)) for c, a in zip(colours, alphas, strict=True)]
    return Layer(Frame(*multiplied), Frame(*(_plane(255 - a) for a in alphas)))


def faded(layer: Layer, opacity: float, offset_px: float = 0.0) -> Layer:
    """Return `layer` at `opacity` (0 to 1), moved down by a fraction of pixels."""
    colour: tuple[Plane, ...] = layer.colour.planes
    keeps: tuple[Plane, ...] = layer.keeps.planes
    if offset_px:
        colour = _lowered(colour, offset_px, 0)
        keeps = _lowered(keeps, offset_px, 255)
    if opacity < 1.0:
        colour = tuple(_plane(cv2.convertScaleAbs(plane, alpha=opacity)) for plane in colour)
        keeps = tuple(
            _plane(cv2.convertScaleAbs(plane, alpha=opacity, beta=255 * (1 - opacity))) for plane in keeps
        )
    return Layer(Frame(*colour), Frame(*keeps))


def over(lower: Layer, upper: Layer) -> Layer:
    """Return one layer that looks like `upper` on `lower`."""
    keeps = (
        _plane(cv2.multiply(a, b, scale=1 / 255))
        for a, b in zip(lower.keeps.planes, upper.keeps.planes, strict=True)
    )
    return Layer(laid_over(lower.colour, upper), Frame(*keeps))


def laid_over(frame: Frame, layer: Layer) -> Frame:
    """Return `frame` with `layer` on top."""
    planes = (
        _plane(cv2.add(cv2.multiply(beneath, keep, scale=1 / 255), colour))
        for beneath, keep, colour in zip(frame.planes, layer.keeps.planes, layer.colour.planes, strict=True)
    )
    return Frame(*planes)


def _warp(plane: Plane, window: Region, factor: int, size: tuple[int, int]) -> Plane:
    across, down = window.width / factor / size[0], window.height / factor / size[1]
    affine = np.array(
        [
            [across, 0.0, window.x / factor + 0.5 * across - 0.5],
            [0.0, down, window.y / factor + 0.5 * down - 0.5],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return _plane(cv2.warpAffine(plane, affine, size, flags=flags, borderMode=cv2.BORDER_REPLICATE))


def _lowered(planes: tuple[Plane, ...], offset_px: float, empty: int) -> tuple[Plane, ...]:
    moved: list[Plane] = []
    for plane, factor in zip(planes, (1, 2, 2), strict=True):
        affine = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, offset_px / factor]])
        size = plane.shape[1], plane.shape[0]
        moved.append(
            _plane(cv2.warpAffine(plane, affine, size, flags=cv2.INTER_LINEAR, borderValue=(empty,)))
        )
    return tuple(moved)


def _plane(values: object) -> Plane:
    """Return what OpenCV answered (typed loosely) as a contiguous plane."""
    return np.ascontiguousarray(np.asarray(values), dtype=np.uint8)
