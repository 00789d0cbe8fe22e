"""Drawn sample photographs of rooms, in one-point perspective."""

from __future__ import annotations

from dataclasses import dataclass

from .brushes import Painting, Point, Rgb, Stop, mix


@dataclass(frozen=True)
class Room:
    """A room's colours and the back wall's edges, as fractions of the picture."""

    wall: Rgb
    floor: Rgb
    left: float = 0.20
    right: float = 0.84
    top: float = 0.14
    low: float = 0.64

    def on_left(self, depth: float, height: float) -> Point:
        """Return a point of the left wall; depth 0 at the back wall, height 0 at the ceiling."""
        return self._out(self.left, self.top + (self.low - self.top) * height, depth)

    def on_right(self, depth: float, height: float) -> Point:
        """Return a point of the right wall."""
        return self._out(self.right, self.top + (self.low - self.top) * height, depth)

    def on_floor(self, across: float, depth: float) -> Point:
        """Return a point of the floor."""
        return self._out(self.left + (self.right - self.left) * across, self.low, depth)

    @staticmethod
    def _out(x: float, y: float, depth: float) -> Point:
        grow = 1 + depth
        return 0.52 + (x - 0.52) * grow, 0.44 + (y - 0.44) * grow


def living_room(p: Painting) -> None:
    """A living room with a sofa under a picture and tall windows."""
    room = Room((236, 230, 220), (186, 148, 108))
    _shell(p, room)
    _windows(p, room, ((0.10, 0.62), (0.78, 1.35)))
    _picture(p, 0.36, 0.20, 0.13, 0.15, ((206, 146, 108), (236, 214, 180), (92, 116, 120)))
    _picture(p, 0.51, 0.20, 0.13, 0.15, ((96, 120, 116), (222, 200, 168), (188, 118, 92)))
    p.blend(
        [
            room.on_floor(0.08, 0.28),
            room.on_floor(0.86, 0.28),
            room.on_floor(0.94, 1.15),
            room.on_floor(0.0, 1.15),
        ],
        [Stop(0, (226, 216, 200)), Stop(1, (240, 232, 220))],
    )
    p.blend(
        [
            room.on_floor(0.12, 0.34),
            room.on_floor(0.82, 0.34),
            room.on_floor(0.88, 1.05),
            room.on_floor(0.06, 1.05),
        ],
        [Stop(0, (214, 200, 180)), Stop(1, (230, 220, 204))],
    )
    _sofa(p, 0.29, 0.455, 0.42, (104, 126, 124))
    _lamp(p, 0.775, 0.30, 0.36)
    _plant(p, 0.225, 0.66, 0.9)
    p.shadow([(0.36, 0.83), (0.68, 0.83), (0.70, 0.87), (0.35, 0.87)], 0.4, 0.015)
    for x in (0.395, 0.625):
        p.box(x, 0.765, 0.010, 0.085, (70, 54, 42))
    p.ellipse(0.515, 0.765, 0.15, 0.045, (112, 80, 56))
    p.ellipse(0.515, 0.757, 0.15, 0.045, (168, 126, 90))
    p.round_box(0.445, 0.735, 0.085, 0.018, 0.003, (226, 214, 196), (206, 190, 170))
    p.round_box(0.452, 0.722, 0.07, 0.014, 0.003, (92, 116, 120), (76, 98, 102))
    p.round_box(0.565, 0.69, 0.026, 0.065, 0.010, (246, 244, 238), (206, 200, 192))
    p.foliage(0.578, 0.655, 0.032, 0.045, (70, 104, 66), (190, 206, 150), 70)
    _sun(p, room, 0.12, 0.62, 1.0)


def kitchen(p: Painting) -> None:
    """A kitchen with an island and three lamps."""
    room = Room((240, 238, 232), (170, 132, 98))
    _shell(p, room)
    _windows(p, room, ((0.16, 0.95),))
    green: Rgb = (70, 96, 88)
    p.box(0.24, 0.17, 0.56, 0.15, mix(green, (255, 255, 255), 0.06), green)
    for i in range(1, 6):
        p.box(0.24 + i * 0.0933 - 0.001, 0.17, 0.002, 0.15, mix(green, (0, 0, 0), 0.35))
    for row in range(3):
        for column in range(28):
            tone = mix((244, 242, 236), (214, 214, 208), p.random.random() * 0.6)
            p.box(0.24 + column * 0.02, 0.322 + row * 0.036, 0.0190, 0.0345, tone)
    p.light([(0.25, 0.32), (0.79, 0.32), (0.79, 0.35), (0.25, 0.35)], (255, 226, 170), 0.55, 0.014)
    p.box(0.225, 0.43, 0.59, 0.018, (250, 248, 244), (226, 222, 216))
    p.box(0.23, 0.448, 0.58, 0.18, mix(green, (255, 255, 255), 0.04), mix(green, (0, 0, 0), 0.18))
    for i in range(1, 6):
        p.box(0.23 + i * 0.0967 - 0.001, 0.448, 0.002, 0.18, mix(green, (0, 0, 0), 0.4))
    for i in range(6):
        p.box(0.262 + i * 0.0967, 0.465, 0.034, 0.005, (216, 180, 112))
    p.box(0.575, 0.448, 0.097, 0.18, (46, 48, 52), (34, 36, 40))
    p.box(0.585, 0.50, 0.077, 0.09, (72, 76, 82), (52, 54, 60))
    p.box(0.578, 0.17, 0.092, 0.10, (206, 206, 206), (176, 178, 180))
    p.round_box(0.30, 0.385, 0.03, 0.045, 0.008, (226, 150, 96), (190, 110, 70))
    p.foliage(0.735, 0.40, 0.026, 0.04, (60, 104, 60), (160, 190, 110), 70)
    p.round_box(0.72, 0.405, 0.03, 0.028, 0.005, (240, 236, 228), (206, 200, 192))
    p.shadow([(0.20, 0.86), (0.86, 0.86), (0.90, 0.97), (0.16, 0.97)], 0.4, 0.02)
    p.box(0.24, 0.645, 0.56, 0.25, (232, 226, 216), (198, 190, 178))
    for i in range(1, 30):
        p.box(0.24 + i * 0.0187, 0.645, 0.0015, 0.25, (196, 188, 176))
    p.blend(
        [(0.25, 0.59), (0.79, 0.59), (0.835, 0.635), (0.205, 0.635)],
        [Stop(0, (252, 250, 246)), Stop(1, (236, 232, 226))],
    )
    p.box(0.205, 0.635, 0.63, 0.02, (222, 216, 208), (202, 196, 188))
    for x in (0.30, 0.47, 0.64):
        p.box(x + 0.012, 0.80, 0.007, 0.165, (60, 50, 44))
        p.box(x + 0.082, 0.80, 0.007, 0.165, (60, 50, 44))
        p.round_box(x, 0.715, 0.10, 0.085, 0.014, (186, 134, 92), (150, 102, 66))
        p.box(x + 0.012, 0.885, 0.076, 0.006, (60, 50, 44))
    p.ellipse(0.43, 0.603, 0.055, 0.014, (188, 140, 98))
    for x, tone in (
        (0.405, (222, 86, 60)),
        (0.43, (240, 176, 70)),
        (0.452, (150, 180, 80)),
        (0.42, (236, 120, 64)),
    ):
        p.ellipse(x, 0.589, 0.017, 0.02, tone)
        p.ellipse(x - 0.004, 0.583, 0.005, 0.005, mix(tone, (255, 255, 255), 0.5))
    for x in (0.36, 0.52, 0.68):
        p.line((x, 0.0), (x, 0.20), (60, 56, 52), 3)
        p.blend(
            [(x - 0.010, 0.20), (x + 0.010, 0.20), (x + 0.042, 0.258), (x - 0.042, 0.258)],
            [Stop(0, (70, 66, 62)), Stop(1, (46, 44, 42))],
        )
        p.ellipse(x, 0.258, 0.036, 0.010, (255, 240, 206))
        p.glow(x, 0.275, 0.20, (255, 206, 140), 0.42)
    _sun(p, room, 0.05, 0.5, 1.0)


def bedroom(p: Painting) -> None:
    """A bedroom with a wide bed and a window to the garden."""
    room = Room((214, 214, 204), (190, 158, 122))
    _shell(p, room)
    _windows(p, room, ((0.22, 1.1),))
    p.box(0.30, 0.16, 0.44, 0.48, (150, 160, 146), (134, 144, 132))
    for i in range(23):
        p.box(0.30 + i * 0.0195, 0.16, 0.003, 0.48, (124, 134, 122))
    _picture(p, 0.43, 0.19, 0.18, 0.13, ((236, 216, 190), (204, 150, 116), (120, 140, 134)))
    p.blend(
        [
            room.on_floor(0.02, 0.25),
            room.on_floor(0.96, 0.25),
            room.on_floor(1.05, 1.25),
            room.on_floor(-0.07, 1.25),
        ],
        [Stop(0, (232, 224, 212)), Stop(1, (244, 238, 230))],
    )
    p.round_box(0.325, 0.39, 0.39, 0.22, 0.02, (196, 160, 124), (162, 126, 94))
    p.shadow([(0.25, 0.88), (0.80, 0.88), (0.83, 0.97), (0.22, 0.97)], 0.45, 0.02)
    p.blend(
        [(0.335, 0.55), (0.705, 0.55), (0.79, 0.90), (0.25, 0.90)],
        [Stop(0, (252, 250, 246)), Stop(1, (226, 222, 216))],
    )
    for x, w, tone in ((0.35, 0.16, (248, 246, 240)), (0.53, 0.16, (248, 246, 240))):
        p.round_box(x, 0.465, w, 0.105, 0.024, tone, (214, 210, 204))
    for x, w, tone in ((0.395, 0.12, (198, 140, 110)), (0.53, 0.12, (120, 140, 130))):
        p.round_box(x, 0.505, w, 0.085, 0.022, mix(tone, (255, 255, 255), 0.12), mix(tone, (0, 0, 0), 0.12))
    p.blend(
        [(0.297, 0.70), (0.742, 0.70), (0.775, 0.84), (0.266, 0.84)],
        [Stop(0, (212, 168, 138)), Stop(1, (186, 138, 108))],
    )
    for i in range(7):
        x = 0.32 + i * 0.07
        p.shadow(
            [
                (x, 0.60),
                (x + 0.01, 0.60),
                (x + (x - 0.52) * 0.25 + 0.015, 0.895),
                (x + (x - 0.52) * 0.25, 0.895),
            ],
            0.10,
            0.006,
        )
    p.blend(
        [(0.25, 0.90), (0.79, 0.90), (0.785, 0.955), (0.256, 0.955)],
        [Stop(0, (216, 210, 204)), Stop(1, (190, 184, 178))],
    )
    for x in (0.235, 0.735):
        p.round_box(x, 0.56, 0.085, 0.13, 0.006, (186, 146, 110), (150, 114, 84))
        p.box(x + 0.006, 0.605, 0.073, 0.003, (120, 88, 62))
        _bed_lamp(p, x + 0.042, 0.56)
    _plant(p, 0.875, 0.80, 1.0)
    _sun(p, room, 0.18, 0.75, 1.1)


def bathroom(p: Painting) -> None:
    """A bathroom with a free-standing bath before a window."""
    room = Room((226, 232, 230), (198, 196, 190), left=0.18, right=0.82)
    _shell(p, room, planks=False)
    for row in range(6):
        for column in range(16):
            tone = mix((120, 152, 148), (160, 186, 180), p.random.random())
            p.box(0.18 + column * 0.04, 0.39 + row * 0.0417, 0.038, 0.0395, tone)
    p.box(0.34, 0.165, 0.32, 0.215, (250, 248, 244))
    p.blend(
        [(0.35, 0.175), (0.65, 0.175), (0.65, 0.37), (0.35, 0.37)],
        [Stop(0, (206, 228, 242)), Stop(1, (240, 244, 236))],
    )
    for i in range(8):
        p.foliage(0.37 + i * 0.037, 0.352, 0.03, 0.035, (104, 142, 92), (190, 212, 150), 50)
    p.blend(
        [(0.35, 0.37), (0.65, 0.37), (0.65, 0.392), (0.35, 0.392)],
        [Stop(0, (250, 248, 244)), Stop(1, (228, 226, 220))],
    )
    p.box(0.498, 0.175, 0.006, 0.2, (250, 248, 244))
    p.shadow([(0.26, 0.80), (0.76, 0.80), (0.78, 0.87), (0.24, 0.87)], 0.4, 0.02)
    p.round_box(0.25, 0.58, 0.52, 0.25, 0.10, (254, 254, 252), (206, 208, 208))
    p.blend(
        [(0.25, 0.58), (0.77, 0.58), (0.77, 0.63), (0.25, 0.63)],
        [Stop(0, (246, 246, 244)), Stop(1, (252, 252, 250))],
        soft=2,
    )
    p.ellipse(0.51, 0.595, 0.275, 0.040, (255, 255, 254))
    p.ellipse(0.51, 0.599, 0.245, 0.030, (196, 220, 224))
    p.ellipse(0.48, 0.596, 0.18, 0.018, (222, 238, 240))
    p.box(0.73, 0.44, 0.008, 0.16, (206, 170, 104))
    p.box(0.685, 0.44, 0.05, 0.010, (222, 190, 122))
    p.blend(
        [(0.30, 0.58), (0.37, 0.575), (0.38, 0.72), (0.31, 0.725)],
        [Stop(0, (226, 168, 134)), Stop(1, (206, 144, 112))],
    )
    _plant(p, 0.165, 0.80, 1.0)
    _picture(p, 0.70, 0.20, 0.09, 0.13, ((224, 204, 180), (160, 190, 186), (206, 150, 120)))
    p.round_box(0.80, 0.66, 0.09, 0.20, 0.006, (196, 156, 116), (160, 122, 88))
    for i, tone in enumerate(((246, 244, 238), (150, 180, 174), (240, 228, 210))):
        p.round_box(0.808, 0.635 - i * 0.022, 0.074, 0.022, 0.008, tone, mix(tone, (0, 0, 0), 0.12))
    p.light([(0.36, 0.18), (0.64, 0.18), (0.86, 0.98), (0.40, 0.98)], (255, 246, 220), 0.28, 0.06)


def _shell(p: Painting, room: Room, *, planks: bool = True) -> None:
    dark = mix(room.wall, (70, 66, 70), 0.22)
    p.image.paste(mix(room.wall, (255, 255, 255), 0.3), (0, 0, p.width, p.height))
    p.blend(
        [(0, 0), (1, 0), (room.right, room.top), (room.left, room.top)],
        [Stop(0, (250, 248, 244)), Stop(1, (232, 230, 226))],
    )
    p.blend(
        [(0, 0), (room.left, room.top), (room.left, room.low), room.on_left(2, 1)],
        [Stop(0, mix(room.wall, (255, 255, 255), 0.35)), Stop(1, room.wall)],
        sideways=True,
    )
    p.blend(
        [room.on_right(2, 0), (room.right, room.top), (room.right, room.low), room.on_right(2, 1)],
        [Stop(0, room.wall), Stop(1, dark)],
        sideways=True,
    )
    p.box(
        room.left,
        room.top,
        room.right - room.left,
        room.low - room.top,
        mix(room.wall, (255, 255, 255), 0.18),
        mix(room.wall, (90, 84, 84), 0.05),
    )
    floor = [room.on_floor(0, 0), room.on_floor(1, 0), room.on_floor(1, 2), room.on_floor(0, 2)]
    p.blend(floor, [Stop(0, mix(room.floor, (255, 240, 214), 0.28)), Stop(0.5, room.floor)])
    for i in range(-2, 27):
        p.line(room.on_floor(i / 24, 0), room.on_floor(i / 24, 2), mix(room.floor, (40, 30, 24), 0.20), 3)
    if planks:
        for i in range(70):
            column, depth = p.random.randrange(24), p.random.random() * 1.6
            corners = [
                room.on_floor((column + c) / 24, depth + d) for c, d in ((0, 0), (1, 0), (1, 0.5), (0, 0.5))
            ]
            tone = mix(room.floor, (255, 226, 190) if i % 2 else (90, 64, 44), 0.14)
            p.blend(corners, [Stop(0, tone), Stop(1, tone)])
    else:
        for i in range(9):
            depth = (i / 8) ** 1.6 * 1.6
            p.line(room.on_floor(0, depth), room.on_floor(1, depth), mix(room.floor, (40, 40, 40), 0.16), 3)
    p.box(room.left, room.low - 0.018, room.right - room.left, 0.018, (250, 248, 244), (232, 230, 226))
    p.shadow(
        [
            (room.left, room.low),
            (room.right, room.low),
            (room.right, room.low + 0.03),
            (room.left, room.low + 0.03),
        ],
        0.25,
        0.012,
    )
    p.shadow(
        [
            (room.right - 0.004, room.top),
            (room.right + 0.01, room.top),
            (room.right + 0.01, room.low),
            (room.right - 0.004, room.low),
        ],
        0.16,
        0.008,
    )


def _windows(p: Painting, room: Room, spans: tuple[tuple[float, float], ...]) -> None:
    for near, far in spans:
        outer = [
            room.on_left(near - 0.03, 0.10),
            room.on_left(far + 0.03, 0.10),
            room.on_left(far + 0.03, 0.93),
            room.on_left(near - 0.03, 0.93),
        ]
        p.blend(outer, [Stop(0, (252, 250, 246)), Stop(1, (238, 236, 230))])
        glass = [
            room.on_left(near, 0.13),
            room.on_left(far, 0.13),
            room.on_left(far, 0.90),
            room.on_left(near, 0.90),
        ]
        p.blend(
            glass,
            [
                Stop(0, (190, 220, 244)),
                Stop(0.55, (236, 244, 240)),
                Stop(0.62, (168, 196, 140)),
                Stop(1, (122, 164, 100)),
            ],
        )
        for share in (0.5,):
            depth = near + (far - near) * share
            p.line(room.on_left(depth, 0.13), room.on_left(depth, 0.90), (250, 248, 244), 12)
        p.line(room.on_left(near, 0.42), room.on_left(far, 0.42), (250, 248, 244), 9)
        for side, depth in ((-0.10, near), (0.02, far)):
            cloth = [
                room.on_left(depth + side, 0.05),
                room.on_left(depth + side + 0.10, 0.05),
                room.on_left(depth + side + 0.10, 0.99),
                room.on_left(depth + side, 0.99),
            ]
            p.blend(
                cloth,
                [Stop(0, (244, 238, 228)), Stop(0.5, (222, 214, 202)), Stop(1, (246, 240, 232))],
                sideways=True,
            )
        p.light(glass, (255, 250, 230), 0.5, 0.02)


def _sun(p: Painting, room: Room, across: float, depth: float, strength: float) -> None:
    for shift in (0.0, 0.2):
        patch = [
            room.on_floor(across + a + shift, depth + d)
            for a, d in ((0, 0), (0.16, 0.02), (0.30, 0.42), (0.10, 0.40))
        ]
        p.light(patch, (255, 226, 170), 0.34 * strength, 0.006)
    p.light([(0, 0.05), (0.16, 0.2), (0.62, 0.95), (0.1, 1)], (255, 240, 208), 0.22 * strength, 0.09)


def _sofa(p: Painting, x: float, y: float, w: float, cloth: Rgb) -> None:
    light, dark = mix(cloth, (255, 255, 255), 0.16), mix(cloth, (0, 0, 0), 0.22)
    p.shadow(
        [(x - 0.01, y + 0.22), (x + w + 0.01, y + 0.22), (x + w + 0.03, y + 0.265), (x - 0.03, y + 0.265)],
        0.45,
        0.012,
    )
    for leg in (x + 0.02, x + w - 0.03):
        p.box(leg, y + 0.21, 0.010, 0.035, (92, 66, 46))
    p.round_box(x + 0.02, y, w - 0.04, 0.16, 0.02, light, cloth)
    for i in range(3):
        part = (w - 0.08) / 3
        p.round_box(
            x + 0.04 + i * part,
            y + 0.015,
            part - 0.004,
            0.115,
            0.018,
            mix(light, (255, 255, 255), 0.06),
            cloth,
        )
        p.round_box(
            x + 0.04 + i * part, y + 0.108, part - 0.004, 0.058, 0.014, light, mix(cloth, (0, 0, 0), 0.06)
        )
    p.round_box(x + 0.015, y + 0.155, w - 0.03, 0.065, 0.010, cloth, dark)
    for arm in (x, x + w - 0.048):
        p.round_box(arm, y + 0.055, 0.048, 0.165, 0.018, light, dark)
    for at, tone in ((0.055, (214, 150, 104)), (0.115, (240, 230, 212)), (w - 0.15, (234, 200, 140))):
        p.round_box(
            x + at,
            y + 0.045,
            0.085,
            0.085,
            0.018,
            mix(tone, (255, 255, 255), 0.12),
            mix(tone, (0, 0, 0), 0.12),
        )


def _lamp(p: Painting, x: float, y: float, height: float) -> None:
    p.ellipse(x, y + height, 0.035, 0.010, (60, 56, 52))
    p.box(x - 0.003, y, 0.006, height, (70, 66, 60))
    p.glow(x, y + 0.02, 0.30, (255, 214, 150), 0.5)
    p.blend(
        [(x - 0.03, y - 0.05), (x + 0.03, y - 0.05), (x + 0.052, y + 0.05), (x - 0.052, y + 0.05)],
        [Stop(0, (255, 236, 200)), Stop(1, (255, 246, 222))],
    )


def _bed_lamp(p: Painting, x: float, y: float) -> None:
    p.round_box(x - 0.012, y - 0.055, 0.024, 0.055, 0.010, (206, 150, 110), (170, 112, 80))
    p.glow(x, y - 0.08, 0.20, (255, 210, 150), 0.5)
    p.blend(
        [(x - 0.022, y - 0.115), (x + 0.022, y - 0.115), (x + 0.034, y - 0.05), (x - 0.034, y - 0.05)],
        [Stop(0, (255, 238, 206)), Stop(1, (255, 248, 228))],
    )


def _plant(p: Painting, x: float, y: float, scale: float) -> None:
    p.shadow(
        [(x - 0.05, y - 0.01), (x + 0.06, y - 0.01), (x + 0.07, y + 0.02), (x - 0.05, y + 0.02)], 0.4, 0.012
    )
    p.round_box(
        x - 0.035 * scale,
        y - 0.09 * scale,
        0.07 * scale,
        0.095 * scale,
        0.012,
        (232, 222, 206),
        (192, 180, 162),
    )
    for lean in (-0.9, -0.5, -0.15, 0.2, 0.55, 0.95):
        tall = (0.26 - abs(lean) * 0.07) * scale
        tip = (x + lean * 0.085 * scale, y - 0.08 * scale - tall)
        belly = 0.020 * scale
        middle = (x + lean * 0.06 * scale, y - 0.08 * scale - tall * 0.55)
        p.line((x, y - 0.08 * scale), middle, (66, 92, 54), 4)
        tone = mix((46, 96, 56), (150, 184, 100), 0.3 + 0.4 * p.random.random())
        p.blend(
            [
                (middle[0] - belly, middle[1]),
                tip,
                (middle[0] + belly, middle[1]),
                (x + lean * 0.03 * scale, y - 0.10 * scale),
            ],
            [Stop(0, mix(tone, (255, 255, 200), 0.2)), Stop(1, tone)],
        )


def _picture(p: Painting, x: float, y: float, w: float, h: float, tones: tuple[Rgb, Rgb, Rgb]) -> None:
    p.shadow(
        [(x, y + 0.01), (x + w + 0.008, y + 0.01), (x + w + 0.008, y + h + 0.016), (x, y + h + 0.016)],
        0.3,
        0.006,
    )
    p.box(x, y, w, h, (88, 66, 48))
    p.box(x + 0.005, y + 0.007, w - 0.01, h - 0.014, (250, 248, 242))
    ax, ay, aw, ah = x + 0.02, y + 0.025, w - 0.04, h - 0.05
    p.box(ax, ay, aw, ah, tones[1], mix(tones[1], (255, 255, 255), 0.2))
    p.ellipse(ax + aw * 0.62, ay + ah * 0.34, aw * 0.16, aw * 0.16 * p.width / p.height, tones[0])
    p.blend(
        [
            (ax, ay + ah),
            (ax, ay + ah * 0.6),
            (ax + aw * 0.4, ay + ah * 0.45),
            (ax + aw, ay + ah * 0.72),
            (ax + aw, ay + ah),
        ],
        [Stop(0, tones[2]), Stop(1, mix(tones[2], (0, 0, 0), 0.2))],
    )
