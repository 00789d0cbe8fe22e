"""Drawn sample photographs of houses, gardens and views."""

from __future__ import annotations

from dataclasses import dataclass

from .brushes import Painting, Rgb, Stop, mix

DAY = (Stop(0, (92, 150, 208)), Stop(0.6, (168, 204, 232)), Stop(1, (226, 236, 240)))
DUSK = (
    Stop(0, (34, 48, 92)),
    Stop(0.5, (112, 98, 140)),
    Stop(0.8, (226, 146, 120)),
    Stop(1, (250, 200, 140)),
)
WARM: Rgb = (255, 208, 132)


@dataclass(frozen=True)
class Hour:
    """The light of an hour: what it does to the sky, to walls and to windows."""

    sky: tuple[Stop, ...]
    tint: Rgb
    tint_share: float
    is_dusk: bool

    def on(self, colour: Rgb) -> Rgb:
        """Return a surface's colour in this light."""
        return mix(colour, self.tint, self.tint_share)


BY_DAY = Hour(DAY, (255, 250, 235), 0.06, is_dusk=False)
AT_DUSK = Hour(DUSK, (44, 42, 84), 0.52, is_dusk=True)


def villa(p: Painting, hour: Hour) -> None:
    """A modern villa with a flat roof and a pool."""
    p.sky(hour.sky, 0.62)
    p.clouds(0.55, (255, 226, 205) if hour.is_dusk else (255, 255, 255), 0.55)
    _hedge(p, hour, 0.5)
    p.box(0, 0.60, 1, 0.4, hour.on((206, 198, 184)), hour.on((226, 220, 208)))
    white, shade = hour.on((244, 241, 235)), hour.on((196, 194, 190))
    p.box(0.16, 0.38, 0.62, 0.235, hour.on((216, 212, 204)), shade)
    p.box(0.36, 0.215, 0.50, 0.16, white, hour.on((224, 221, 214)))
    p.box(0.345, 0.205, 0.53, 0.016, hour.on((250, 248, 244)))
    p.box(0.13, 0.372, 0.68, 0.018, hour.on((250, 248, 244)))
    wood = hour.on((156, 106, 66))
    p.box(0.68, 0.225, 0.17, 0.15, wood, hour.on((128, 84, 52)))
    for i in range(17):
        p.line((0.68 + i * 0.01, 0.225), (0.68 + i * 0.01, 0.373), hour.on((112, 72, 44)), 2)
    for x, y, w, h, panes in (
        (0.19, 0.40, 0.34, 0.205, 4),
        (0.56, 0.40, 0.14, 0.205, 2),
        (0.40, 0.245, 0.24, 0.118, 3),
    ):
        _glass(p, hour, x, y, w, h, panes)
    p.shadow([(0.14, 0.39), (0.80, 0.39), (0.80, 0.425), (0.14, 0.425)], 0.34, 0.006)
    p.shadow([(0.36, 0.222), (0.86, 0.222), (0.86, 0.24), (0.36, 0.24)], 0.22, 0.004)
    for x in (0.735, 0.79):
        p.box(x, 0.39, 0.008, 0.222, hour.on((70, 70, 74)))
    _tree(p, hour, 0.92, 0.40, 0.10, 0.17)
    _tree(p, hour, 0.05, 0.44, 0.085, 0.14)
    for x in (0.13, 0.145, 0.83, 0.855):
        p.foliage(x, 0.60, 0.026, 0.035, hour.on((34, 74, 44)), hour.on((112, 152, 88)), 90)
    p.mirror(0.70, 0.93, 0.655, 0.55, hour.on((70, 176, 196)))
    p.blend(
        [(0, 0.60), (1, 0.60), (1, 0.705), (0, 0.705)],
        [Stop(0, hour.on((200, 190, 174))), Stop(1, hour.on((222, 214, 200)))],
    )
    p.box(0, 0.695, 1, 0.014, hour.on((246, 242, 234)))
    for i in range(9):
        p.line((-0.2 + i * 0.18, 0.695), (0.1 + i * 0.1, 0.612), hour.on((184, 174, 158)), 2)
    p.box(0, 0.925, 1, 0.02, hour.on((246, 242, 234)))
    p.box(0, 0.945, 1, 0.06, hour.on((196, 186, 170)), hour.on((176, 166, 150)))
    for x in (0.24, 0.33):
        _lounger(p, hour, x, 0.655)
    if hour.is_dusk:
        for x, y, r in ((0.36, 0.50, 0.30), (0.63, 0.50, 0.16), (0.52, 0.30, 0.2)):
            p.glow(x, y, r, (255, 170, 80), 0.30)
        p.light([(0.15, 0.72), (0.7, 0.72), (0.66, 0.9), (0.18, 0.9)], (255, 176, 96), 0.22, 0.03)
        p.light([(0.0, 0.75), (1, 0.75), (1, 0.92), (0, 0.92)], (60, 190, 220), 0.20, 0.02)
    else:
        p.light([(0.0, 0.0), (0.32, 0.0), (0.5, 0.6), (0.0, 0.6)], (255, 244, 214), 0.20, 0.09)


def gabled_house(p: Painting, hour: Hour) -> None:
    """A family house with a gable, a path and flower beds."""
    p.sky(hour.sky, 0.66)
    p.clouds(0.55, (255, 220, 200) if hour.is_dusk else (255, 255, 255), 0.6)
    _hedge(p, hour, 0.55)
    p.grass(0.62, hour.on((150, 178, 96)), hour.on((86, 134, 62)))
    wall, roof = hour.on((238, 230, 214)), hour.on((120, 66, 52))
    p.box(0.46, 0.40, 0.36, 0.25, hour.on((228, 218, 200)), hour.on((206, 196, 178)))
    p.blend(
        [(0.44, 0.405), (0.50, 0.24), (0.80, 0.24), (0.85, 0.405)],
        [Stop(0, roof), Stop(1, mix(roof, (0, 0, 0), 0.2))],
    )
    for i in range(8):
        y = 0.26 + i * 0.018
        p.line((0.49 - i * 0.006, y), (0.806 + i * 0.005, y), mix(roof, (0, 0, 0), 0.12), 2)
    p.box(0.22, 0.36, 0.27, 0.29, wall, hour.on((222, 212, 194)))
    p.blend([(0.22, 0.362), (0.355, 0.175), (0.49, 0.362)], [Stop(0, wall), Stop(1, wall)])
    for a, b in (((0.355, 0.165), (0.20, 0.382)), ((0.355, 0.165), (0.51, 0.382))):
        p.line(a, b, mix(roof, (0, 0, 0), 0.25), 26)
        p.line(a, b, roof, 18)
    p.box(0.69, 0.17, 0.035, 0.11, hour.on((150, 92, 74)), hour.on((126, 76, 60)))
    p.box(0.683, 0.163, 0.049, 0.014, hour.on((110, 66, 54)))
    for x, y, w, h in ((0.30, 0.265, 0.11, 0.075), (0.255, 0.43, 0.085, 0.12), (0.375, 0.43, 0.085, 0.12)):
        _sash(p, hour, x, y, w, h)
    for x in (0.665, 0.745):
        _sash(p, hour, x, 0.46, 0.055, 0.11)
    p.box(0.553, 0.452, 0.074, 0.198, hour.on((248, 246, 240)))
    p.box(0.562, 0.464, 0.056, 0.186, hour.on((36, 74, 84)), hour.on((28, 58, 68)))
    p.ellipse(0.609, 0.562, 0.003, 0.004, (226, 190, 110))
    p.blend(
        [(0.535, 0.455), (0.59, 0.418), (0.645, 0.455)], [Stop(0, roof), Stop(1, mix(roof, (0, 0, 0), 0.25))]
    )
    p.shadow([(0.46, 0.41), (0.82, 0.41), (0.82, 0.44), (0.49, 0.44)], 0.30, 0.006)
    p.blend(
        [(0.555, 0.65), (0.625, 0.65), (0.80, 1), (0.40, 1)],
        [Stop(0, hour.on((206, 196, 180))), Stop(1, hour.on((226, 216, 200)))],
    )
    for i in range(6):
        y = 0.67 + 0.33 * (i / 6) ** 1.5
        spread = (y - 0.65) / 0.35
        p.line((0.555 - 0.155 * spread, y), (0.625 + 0.175 * spread, y), hour.on((178, 168, 152)), 2)
    _tree(p, hour, 0.10, 0.38, 0.13, 0.22)
    _tree(p, hour, 0.93, 0.42, 0.10, 0.17)
    for i in range(14):
        x = 0.215 + i * 0.024 if i < 13 else 0.84
        p.foliage(x, 0.652, 0.022, 0.028, hour.on((38, 84, 44)), hour.on((128, 168, 84)), 60)
        p.ellipse(
            x + 0.004, 0.64, 0.004, 0.005, hour.on(((236, 196, 208), (250, 240, 236), (214, 120, 150))[i % 3])
        )
    if hour.is_dusk:
        for x, y, r in (
            (0.30, 0.49, 0.13),
            (0.42, 0.49, 0.13),
            (0.355, 0.30, 0.12),
            (0.73, 0.52, 0.18),
            (0.59, 0.45, 0.10),
        ):
            p.glow(x, y, r, (255, 172, 84), 0.36)
        p.light([(0.5, 0.66), (0.68, 0.66), (0.74, 0.86), (0.44, 0.86)], (255, 180, 100), 0.22, 0.04)
    else:
        p.shadow([(0.0, 0.70), (0.26, 0.66), (0.36, 0.72), (0.05, 0.80)], 0.30, 0.02, (20, 50, 20))
        p.light([(0.0, 0.0), (0.3, 0.0), (0.7, 0.8), (0.2, 0.8)], (255, 240, 200), 0.16, 0.1)


def townhouses(p: Painting, hour: Hour) -> None:
    """A row of painted town houses along a street."""
    p.sky(hour.sky, 0.5)
    p.clouds(0.4, (255, 255, 255), 0.5)
    colours: tuple[Rgb, ...] = (
        (226, 172, 140),
        (238, 226, 200),
        (146, 172, 178),
        (232, 204, 142),
        (206, 150, 140),
    )
    width = 0.22
    for i, plain in enumerate(colours):
        x, top = -0.05 + i * width, (0.15, 0.19, 0.13, 0.18, 0.16)[i]
        wall = hour.on(plain)
        p.box(x, top, width, 0.66, mix(wall, (255, 255, 255), 0.08), mix(wall, (60, 50, 50), 0.12))
        p.box(
            x - 0.004, top - 0.012, width + 0.008, 0.022, hour.on((246, 242, 234)), hour.on((210, 204, 194))
        )
        p.box(x, top + 0.028, width, 0.006, mix(wall, (0, 0, 0), 0.16))
        for row in range(3):
            for column in range(2):
                y = top + 0.065 + row * 0.165
                if row == 2 and column == i % 2:
                    _door(p, hour, x + 0.032 + column * 0.09, y + 0.01, i)
                else:
                    _sash(p, hour, x + 0.03 + column * 0.09, y, 0.062, 0.118)
        p.shadow(
            [(x + width - 0.003, top), (x + width, top), (x + width, 0.82), (x + width - 0.003, 0.82)],
            0.4,
            0.002,
        )
    p.box(0, 0.80, 1, 0.065, hour.on((206, 200, 192)), hour.on((186, 180, 172)))
    p.box(0, 0.862, 1, 0.012, hour.on((232, 228, 220)))
    p.box(0, 0.874, 1, 0.13, hour.on((118, 118, 124)), hour.on((92, 92, 100)))
    for i in range(22):
        p.line((i / 21, 0.80), (i / 21 * 1.3 - 0.15, 0.862), hour.on((176, 170, 162)), 2)
    for x in (0.16, 0.58, 0.83):
        p.box(x - 0.003, 0.63, 0.006, 0.18, hour.on((92, 72, 54)))
        p.foliage(x, 0.60, 0.042, 0.062, hour.on((44, 92, 48)), hour.on((150, 184, 92)), 170)
        p.shadow([(x - 0.03, 0.815), (x + 0.10, 0.815), (x + 0.12, 0.85), (x, 0.85)], 0.25, 0.008)
    p.light([(0.0, 0.0), (0.4, 0.0), (0.9, 0.85), (0.3, 0.85)], (255, 236, 196), 0.20, 0.1)


def apartments(p: Painting, hour: Hour) -> None:
    """A new block of flats with balconies, seen from the corner."""
    p.sky(hour.sky, 0.85)
    p.clouds(0.7, (255, 226, 206) if hour.is_dusk else (255, 255, 255), 0.6)
    _hedge(p, hour, 0.74)
    for wing in (Wing(0.14, 0.27, 0.80, lit=True), Wing(0.90, 0.30, 0.79, lit=False)):
        _wing(p, hour, wing)
    p.blend(
        [(0, 0.84), (1, 0.84), (1, 1), (0, 1)],
        [Stop(0, hour.on((140, 172, 98))), Stop(1, hour.on((92, 136, 70)))],
    )
    p.blend(
        [(0.40, 0.85), (0.64, 0.85), (0.86, 1), (0.22, 1)],
        [Stop(0, hour.on((212, 206, 196))), Stop(1, hour.on((226, 220, 210)))],
    )
    for x, r in ((0.07, 0.085), (0.30, 0.05), (0.76, 0.05), (0.95, 0.08)):
        _tree(p, hour, x, 0.72, r, r * 1.6)
    if hour.is_dusk:
        p.glow(0.5, 0.5, 0.5, (255, 160, 90), 0.14)
    else:
        p.light([(0.0, 0.0), (0.35, 0.0), (0.5, 0.9), (0.1, 0.9)], (255, 244, 214), 0.22, 0.1)


@dataclass(frozen=True)
class Wing:
    """One side of a block that is seen from its corner; fractions of the picture."""

    far_x: float
    far_top: float
    far_low: float
    lit: bool
    near_x: float = 0.52
    near_top: float = 0.12
    near_low: float = 0.86

    def at(self, u: float, v: float) -> tuple[float, float]:
        """Return the point at `u` from the near edge to the far one and `v` from the roof to the ground."""
        u = u / (1 + 0.25 * (1 - u))
        top = self.near_top + (self.far_top - self.near_top) * u
        low = self.near_low + (self.far_low - self.near_low) * u
        return self.near_x + (self.far_x - self.near_x) * u, top * (1 - v) + low * v


def _wing(p: Painting, hour: Hour, wing: Wing) -> None:
    wall = hour.on((240, 236, 228)) if wing.lit else hour.on((190, 188, 188))
    corners = [wing.at(0, 0), wing.at(1, 0), wing.at(1, 1), wing.at(0, 1)]
    p.blend(corners, [Stop(0, wall), Stop(1, mix(wall, (90, 84, 80), 0.14))])
    floors, bays = 6, 4
    for floor in range(floors):
        v0, v1 = (floor + 0.24) / floors, (floor + 0.86) / floors
        for bay in range(bays):
            u0, u1 = (bay + 0.14) / bays, (bay + 0.86) / bays
            glows = hour.is_dusk and p.random.random() < 0.62
            top: Rgb = (255, 214, 142) if glows else hour.on((112, 150, 178))
            low: Rgb = (232, 158, 84) if glows else hour.on((186, 208, 220))
            pane = [wing.at(u0, v0), wing.at(u1, v0), wing.at(u1, v1), wing.at(u0, v1)]
            p.blend(pane, [Stop(0, top), Stop(1, low)])
            p.line(wing.at((u0 + u1) / 2, v0), wing.at((u0 + u1) / 2, v1), hour.on((64, 66, 70)), 3)
            if (bay + (not wing.lit)) % 2 == 0:
                rail, slab = v1 - 0.30 / floors, v1 + 0.06 / floors
                left, right = u0 - 0.03, u1 + 0.03
                _balcony(
                    p,
                    hour,
                    *(wing.at(u, v) for u, v in ((left, rail), (right, rail), (right, slab), (left, slab))),
                )


def terrace(p: Painting, hour: Hour) -> None:
    """A terrace with a table under a pergola, over a garden."""
    p.sky(hour.sky, 0.5)
    p.clouds(0.4, (255, 226, 206) if hour.is_dusk else (255, 255, 255), 0.5)
    p.blend(
        [(0, 0.40), (0.3, 0.33), (0.62, 0.37), (1, 0.31), (1, 0.6), (0, 0.6)],
        [Stop(0, hour.on((138, 162, 168))), Stop(1, hour.on((112, 146, 120)))],
        soft=3,
    )
    for i in range(12):
        p.foliage(
            0.04 + i * 0.085,
            0.50 + (i % 3) * 0.012,
            0.07,
            0.075,
            hour.on((40, 88, 48)),
            hour.on((140, 172, 92)),
            150,
        )
    p.grass(0.55, hour.on((158, 186, 104)), hour.on((110, 150, 76)), 900)
    p.blend(
        [(0, 0.68), (1, 0.68), (1, 1), (0, 1)],
        [Stop(0, hour.on((196, 166, 130))), Stop(1, hour.on((222, 190, 150)))],
    )
    for i in range(-14, 30):
        p.line((0.5 + (i - 8) * 0.045, 0.68), (0.5 + (i - 8) * 0.12, 1), hour.on((168, 138, 104)), 3)
    beam = hour.on((236, 230, 220))
    for x in (0.06, 0.90):
        p.box(x, 0.10, 0.03, 0.64, beam, hour.on((206, 198, 186)))
    p.box(0, 0.075, 1, 0.04, beam, hour.on((212, 206, 194)))
    for i in range(12):
        p.blend(
            [(i * 0.09, 0), (i * 0.09 + 0.018, 0), (i * 0.082 + 0.055, 0.078), (i * 0.082 + 0.041, 0.078)],
            [Stop(0, hour.on((200, 192, 180))), Stop(1, beam)],
        )
    for i in range(10):
        p.foliage(
            0.0 + i * 0.03,
            0.10 + (i % 3) * 0.03,
            0.04,
            0.05,
            hour.on((38, 84, 46)),
            hour.on((150, 180, 96)),
            70,
        )
        p.ellipse(0.02 + i * 0.031, 0.12 + (i % 4) * 0.02, 0.007, 0.008, hour.on((226, 130, 170)))
    _table(p, hour)
    for x in (0.075, 0.93):
        p.round_box(x - 0.045, 0.74, 0.09, 0.12, 0.01, hour.on((190, 108, 76)), hour.on((150, 80, 56)))
        p.foliage(x, 0.68, 0.065, 0.085, hour.on((36, 84, 46)), hour.on((146, 180, 96)), 160)
    if hour.is_dusk:
        for i in range(9):
            x, y = 0.08 + i * 0.105, 0.15 + 0.045 * (1 - ((i - 4) / 4) ** 2)
            p.glow(x, y, 0.05, (255, 200, 110), 0.75)
            p.ellipse(x, y, 0.005, 0.007, (255, 240, 200))
        p.glow(0.5, 0.68, 0.6, (255, 186, 104), 0.55)
        p.glow(0.5, 0.72, 0.25, (255, 206, 140), 0.5)
    else:
        p.light([(0.2, 0.0), (0.55, 0.0), (0.9, 1), (0.4, 1)], (255, 240, 200), 0.24, 0.1)


def harbour(p: Painting, hour: Hour) -> None:
    """A view over a town and the water, from high up."""
    p.sky(hour.sky, 0.5)
    p.clouds(0.42, (255, 214, 190) if hour.is_dusk else (255, 255, 255), 0.6)
    if hour.is_dusk:
        p.glow(0.68, 0.44, 0.4, (255, 190, 120), 0.5)
    for depth in range(3):
        base, hue = 0.44 + depth * 0.035, hour.on(((138, 158, 184), (112, 138, 160), (84, 112, 124))[depth])
        crest = [(x / 12, base - 0.05 * p.random.random() - 0.02 * ((x + depth) % 3)) for x in range(13)]
        p.blend(
            [*crest, (1, 0.60), (0, 0.60)], [Stop(0, hue), Stop(1, mix(hue, (230, 220, 214), 0.25))], soft=2
        )
    for row in range(4):
        y = 0.50 + row * 0.032
        size = 0.028 + row * 0.010
        x = -0.02
        while x < 1:
            width = size * (0.8 + 0.8 * p.random.random())
            _town_house(p, hour, x, y, width, size * 1.5)
            x += width * 0.98
    p.mirror(0.66, 1.0, 0.66, 0.62, hour.on((88, 140, 172)))
    for i in range(160):
        y = 0.67 + 0.22 * (i / 160)
        x = p.random.random()
        p.line(
            (x, y),
            (x + 0.012 + 0.02 * p.random.random(), y),
            mix(hour.on((150, 190, 214)), (255, 235, 210), 0.35),
            1,
        )
    for i in range(7):
        _sailing_boat(p, hour, 0.06 + i * 0.14 + 0.03 * p.random.random(), 0.715 + 0.02 * (i % 4))
    p.box(0, 0.885, 1, 0.012, hour.on((70, 74, 80)))
    for i in range(41):
        p.box(i / 40 - 0.001, 0.885, 0.0022, 0.12, hour.on((70, 74, 80)))
    p.box(0, 0.965, 1, 0.04, hour.on((214, 206, 194)), hour.on((196, 188, 176)))
    if not hour.is_dusk:
        p.light([(0.5, 0.0), (0.9, 0.0), (1, 0.9), (0.6, 0.9)], (255, 244, 214), 0.18, 0.1)


def front_door(p: Painting, hour: Hour) -> None:
    """An upright picture of a front door with steps and box trees."""
    p.box(0, 0, 1, 1, hour.on((226, 212, 190)), hour.on((206, 190, 168)))
    for row in range(44):
        for column in range(-1, 10):
            tone = hour.on(mix((190, 116, 90), (150, 84, 66), p.random.random()))
            p.box(column * 0.112 + (row % 2) * 0.056, row * 0.019, 0.108, 0.0165, tone)
    p.texture((0, 0, 1, 0.84), 5)
    cream = hour.on((248, 244, 234))
    p.box(0.24, 0.16, 0.52, 0.66, cream, hour.on((226, 220, 208)))
    p.blend([(0.20, 0.165), (0.5, 0.085), (0.80, 0.165)], [Stop(0, cream), Stop(1, hour.on((216, 210, 198)))])
    p.box(0.20, 0.155, 0.60, 0.018, cream)
    p.shadow([(0.20, 0.175), (0.80, 0.175), (0.80, 0.20), (0.20, 0.20)], 0.3, 0.008)
    _glass(p, AT_DUSK, 0.31, 0.205, 0.38, 0.075, 4)
    p.box(0.31, 0.295, 0.38, 0.525, hour.on((34, 80, 88)), hour.on((24, 58, 66)))
    for x in (0.345, 0.515):
        for y, h in ((0.325, 0.17), (0.52, 0.11), (0.655, 0.13)):
            p.box(x, y, 0.14, h, hour.on((22, 56, 64)))
            p.box(x + 0.008, y + 0.006, 0.124, h - 0.012, hour.on((42, 92, 100)), hour.on((32, 74, 82)))
    p.ellipse(0.665, 0.57, 0.013, 0.01, (230, 196, 116))
    p.ellipse(0.5, 0.40, 0.09, 0.065, hour.on((44, 88, 50)))
    p.foliage(0.5, 0.40, 0.10, 0.075, hour.on((34, 78, 46)), hour.on((136, 170, 100)), 220)
    p.ellipse(0.5, 0.40, 0.05, 0.037, hour.on((32, 74, 82)))
    for step in range(3):
        y, grow = 0.82 + step * 0.045, step * 0.06
        p.box(0.20 - grow, y, 0.60 + 2 * grow, 0.018, hour.on((226, 222, 214)))
        p.box(
            0.20 - grow, y + 0.018, 0.60 + 2 * grow, 0.028, hour.on((176, 170, 162)), hour.on((158, 152, 144))
        )
    p.box(0, 0.955, 1, 0.05, hour.on((170, 164, 158)), hour.on((150, 144, 138)))
    for x in (0.12, 0.88):
        p.round_box(x - 0.085, 0.80, 0.17, 0.13, 0.012, hour.on((92, 96, 104)), hour.on((64, 68, 76)))
        for y, r in ((0.74, 0.10), (0.63, 0.078), (0.545, 0.055)):
            p.foliage(x, y, r, r * 0.72, hour.on((34, 80, 44)), hour.on((132, 168, 90)), 220)
    for x in (0.185, 0.815):
        p.box(x - 0.02, 0.33, 0.04, 0.065, (60, 56, 52))
        p.box(x - 0.014, 0.338, 0.028, 0.05, (255, 224, 160))
        p.glow(x, 0.36, 0.22, (255, 190, 110), 0.5)
    p.light([(0, 0), (0.6, 0), (0.9, 1), (0.1, 1)], (255, 236, 200), 0.16, 0.12)


def _hedge(p: Painting, hour: Hour, y: float) -> None:
    for i in range(26):
        x, rise = i / 25, 0.02 * p.random.random()
        p.foliage(
            x, y + 0.04 - rise, 0.045, 0.075 + rise, hour.on((44, 86, 58)), hour.on((128, 160, 104)), 70
        )


def _tree(p: Painting, hour: Hour, x: float, y: float, rx: float, ry: float) -> None:
    trunk = hour.on((92, 72, 56))
    p.blend(
        [
            (x - rx * 0.08, y),
            (x + rx * 0.08, y),
            (x + rx * 0.12, y + ry * 1.5),
            (x - rx * 0.12, y + ry * 1.5),
        ],
        [Stop(0, trunk), Stop(1, mix(trunk, (0, 0, 0), 0.2))],
    )
    for dx, dy, share in ((0.1, 0.1, 1.0), (-0.45, 0.25, 0.6), (0.5, 0.3, 0.58), (0, -0.4, 0.66)):
        p.foliage(
            x + dx * rx,
            y + dy * ry,
            rx * share,
            ry * share,
            hour.on((34, 78, 42)),
            hour.on((150, 184, 96)),
            240,
        )


def _glass(p: Painting, hour: Hour, x: float, y: float, w: float, h: float, panes: int) -> None:
    frame = hour.on((52, 54, 60))
    p.box(x - 0.003, y - 0.004, w + 0.006, h + 0.008, frame)
    if hour.is_dusk:
        p.box(x, y, w, h, (255, 220, 150), (236, 164, 88))
        p.box(x + w * 0.08, y + h * 0.55, w * 0.3, h * 0.45, (190, 120, 66), (160, 96, 52))
        p.box(x + w * 0.62, y + h * 0.10, w * 0.02, h * 0.5, (255, 244, 210))
        p.ellipse(x + w * 0.63, y + h * 0.16, w * 0.035, h * 0.06, (255, 248, 220))
    else:
        p.box(x, y, w, h, (104, 142, 170), (190, 208, 216))
        p.blend(
            [(x + w * 0.1, y + h), (x + w * 0.35, y), (x + w * 0.5, y), (x + w * 0.25, y + h)],
            [Stop(0, (160, 190, 210)), Stop(1, (206, 220, 226))],
        )
        p.box(x + w * 0.02, y, w * 0.07, h, (226, 226, 222), (206, 206, 202))
    for i in range(1, panes):
        p.box(x + w * i / panes - 0.0018, y, 0.0036, h, frame)


def _sash(p: Painting, hour: Hour, x: float, y: float, w: float, h: float) -> None:
    p.box(x - 0.006, y - 0.008, w + 0.012, h + 0.016, hour.on((250, 248, 242)))
    p.box(x - 0.010, y + h + 0.006, w + 0.020, 0.010, hour.on((236, 232, 224)))
    if hour.is_dusk:
        p.box(x, y, w, h, (255, 222, 154), (238, 170, 96))
    else:
        p.box(x, y, w, h, (86, 116, 140), (166, 188, 200))
        p.blend(
            [(x, y + h * 0.7), (x + w * 0.7, y), (x + w, y), (x, y + h)],
            [Stop(0, (140, 168, 186)), Stop(1, (186, 204, 212))],
        )
    curtain = (255, 236, 196) if hour.is_dusk else hour.on((236, 232, 224))
    p.box(x, y, w * 0.17, h, curtain)
    p.box(x + w * 0.83, y, w * 0.17, h, curtain)
    white = hour.on((250, 248, 242))
    p.box(x, y + h * 0.48, w, h * 0.03, white)
    p.box(x + w * 0.485, y, w * 0.03, h, white)


def _door(p: Painting, hour: Hour, x: float, y: float, number: int) -> None:
    colour = ((40, 72, 84), (122, 46, 44), (38, 66, 54), (52, 56, 92), (64, 50, 44))[number]
    p.box(x - 0.010, y - 0.012, 0.078, 0.40, hour.on((248, 244, 236)))
    p.box(x, y, 0.058, 0.40, hour.on(colour), mix(hour.on(colour), (0, 0, 0), 0.2))
    p.box(x + 0.010, y + 0.014, 0.038, 0.045, (196, 210, 214))
    p.box(x - 0.016, y + 0.385, 0.09, 0.30, hour.on((216, 210, 200)))


def _balcony(p: Painting, hour: Hour, *corners: tuple[float, float]) -> None:
    rail = hour.on((84, 92, 100))
    p.blend(
        corners,
        [Stop(0, mix(hour.on((150, 176, 190)), (255, 255, 255), 0.2)), Stop(1, hour.on((196, 206, 210)))],
    )
    p.line(corners[0], corners[1], rail, 5)
    p.line(corners[3], corners[2], hour.on((224, 220, 212)), 9)


def _lounger(p: Painting, hour: Hour, x: float, y: float) -> None:
    p.blend(
        [(x, y), (x + 0.055, y), (x + 0.065, y + 0.018), (x + 0.004, y + 0.018)],
        [Stop(0, hour.on((250, 246, 238))), Stop(1, hour.on((214, 206, 194)))],
    )
    p.blend(
        [(x - 0.012, y - 0.026), (x + 0.010, y - 0.026), (x + 0.014, y + 0.004), (x, y + 0.004)],
        [Stop(0, hour.on((250, 246, 238))), Stop(1, hour.on((224, 216, 204)))],
    )
    p.shadow([(x, y + 0.018), (x + 0.07, y + 0.018), (x + 0.08, y + 0.03), (x, y + 0.03)], 0.3, 0.003)


def _table(p: Painting, hour: Hour) -> None:
    p.shadow([(0.26, 0.84), (0.76, 0.84), (0.80, 0.93), (0.24, 0.93)], 0.38, 0.02)
    wood = hour.on((150, 108, 72))
    for x in (0.33, 0.45, 0.57, 0.67):
        p.round_box(x - 0.045, 0.565, 0.09, 0.17, 0.012, hour.on((238, 232, 222)), hour.on((204, 196, 184)))
    for x in (0.30, 0.68):
        p.box(x, 0.735, 0.016, 0.15, mix(wood, (0, 0, 0), 0.25))
    p.blend(
        [(0.29, 0.70), (0.71, 0.70), (0.77, 0.765), (0.23, 0.765)],
        [Stop(0, mix(wood, (255, 255, 255), 0.22)), Stop(1, wood)],
    )
    p.box(0.23, 0.765, 0.54, 0.014, mix(wood, (0, 0, 0), 0.3))
    p.round_box(0.475, 0.655, 0.05, 0.07, 0.02, hour.on((240, 240, 236)), hour.on((200, 204, 204)))
    p.foliage(0.5, 0.63, 0.05, 0.05, hour.on((60, 104, 60)), hour.on((236, 206, 214)), 110)
    for x in (0.35, 0.42, 0.58, 0.64):
        p.ellipse(x, 0.735, 0.028, 0.010, hour.on((250, 248, 244)))
        p.ellipse(x, 0.733, 0.018, 0.006, hour.on((226, 224, 218)))
    for x in (0.31, 0.63):
        p.round_box(x - 0.03, 0.79, 0.10, 0.15, 0.014, hour.on((232, 226, 214)), hour.on((192, 184, 170)))


def _town_house(p: Painting, hour: Hour, x: float, y: float, w: float, h: float) -> None:
    wall = hour.on(
        p.random.choice(((240, 232, 216), (232, 200, 160), (222, 172, 140), (238, 220, 180), (206, 196, 188)))
    )
    roof = hour.on(p.random.choice(((176, 94, 66), (160, 84, 62), (140, 100, 84))))
    y -= h * 0.25 * p.random.random()
    p.box(x, y, w, h + 0.06, wall, mix(wall, (70, 60, 60), 0.2))
    p.blend(
        [(x - w * 0.04, y), (x + w * 0.5, y - h * 0.34), (x + w * 1.04, y)],
        [Stop(0, mix(roof, (255, 230, 200), 0.12)), Stop(1, roof)],
    )
    for row in range(3):
        for column in range(3):
            lit = hour.is_dusk and p.random.random() < 0.6
            p.box(
                x + w * (0.14 + 0.28 * column),
                y + h * (0.14 + 0.3 * row),
                w * 0.14,
                h * 0.16,
                (255, 214, 136) if lit else hour.on((92, 108, 122)),
            )


def _sailing_boat(p: Painting, hour: Hour, x: float, y: float) -> None:
    size = 0.028 + (y - 0.70) * 0.35
    p.line((x, y - size * 2.6), (x, y), hour.on((240, 238, 232)), 3)
    p.blend(
        [(x + 0.002, y - size * 2.4), (x + size * 0.8, y - size * 0.25), (x + 0.002, y - size * 0.25)],
        [Stop(0, hour.on((252, 250, 246))), Stop(1, hour.on((222, 218, 212)))],
    )
    p.blend(
        [
            (x - size * 0.9, y),
            (x + size, y),
            (x + size * 0.7, y + size * 0.42),
            (x - size * 0.7, y + size * 0.42),
        ],
        [Stop(0, hour.on((250, 248, 244))), Stop(1, hour.on((150, 160, 172)))],
    )
