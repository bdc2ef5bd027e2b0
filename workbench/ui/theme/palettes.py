"""The colours, light, dark and high contrast. Names say the use, never the hue.

Invariant (held by a test): text on every surface it may lie on is at least AA, 4.5 : 1; control borders,
focus ring, municipality bands and status icons at least 3 : 1.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """A state's colours: its words and icon, the soft ground under them, and the ground's edge."""

    ink: str
    ground: str
    edge: str


@dataclass(frozen=True)
class Colours:
    """One theme's colours, ``#rrggbb``."""

    name: str
    dark: bool
    window: str
    surface: str
    raised: str
    sunken: str
    hover: str
    chosen: str
    line: str
    edge: str
    text: str
    text_soft: str
    text_off: str
    accent: str
    accent_hover: str
    accent_press: str
    on_accent: str
    accent_soft: str
    focus: str
    link: str
    rail: str
    rail_hover: str
    rail_chosen: str
    rail_text: str
    rail_text_chosen: str
    rail_mark: str
    shadow: str
    scroll: str
    ok: Status
    waiting: Status
    warning: Status
    stop: Status
    municipalities: tuple[tuple[str, str], ...]

    def municipality(self, code: str) -> str:
        """Band colour of a municipality; the neutral edge for one we do not know."""
        return dict(self.municipalities).get(code, self.edge)

    def status(self, state: str) -> Status:
        """Colours of ``ok``, ``waiting``, ``warning`` or ``stop``; a neutral one otherwise."""
        known = {"ok": self.ok, "waiting": self.waiting, "warning": self.warning, "stop": self.stop}
        return known.get(state, Status(self.text_soft, self.sunken, self.line))


LIGHT = Colours(
    name="light", dark=False,
    window="#f3f5f8", surface="#ffffff", raised="#ffffff", sunken="#eef1f5", hover="#f1f5f8",
    chosen="#dfeff0", line="#dde3ea", edge="#7d8b99", text="#16202b", text_soft="#4b5a69",
    text_off="#5b6875", accent="#0b626b", accent_hover="#08525a", accent_press="#064249",
    on_accent="#ffffff", accent_soft="#e3f1f1", focus="#0b7d88", link="#0b626b",
    rail="#10323a", rail_hover="#1a434c", rail_chosen="#23525c", rail_text="#bfd3d6",
    rail_text_chosen="#ffffff", rail_mark="#5fd0c9", shadow="#0c1a24", scroll="#b6c0ca",
    ok=Status("#17653a", "#e4f3ea", "#b5dcc4"),
    waiting=Status("#2b559c", "#e7eefa", "#bfd0ee"),
    warning=Status("#7e5000", "#fcf1d9", "#ecd29a"),
    stop=Status("#a8221b", "#fdeae8", "#f2bfba"),
    municipalities=(
        ("074", "#2368b5"), ("236", "#bb2a52"), ("421", "#00776b"), ("849", "#7b3fa8"), ("924", "#a86400"),
    ),
)  # fmt: skip

DARK = Colours(
    name="dark", dark=True,
    window="#12171d", surface="#1a2129", raised="#222b35", sunken="#141a21", hover="#222c36",
    chosen="#1c3f45", line="#2d3844", edge="#77889a", text="#e8edf2", text_soft="#aab7c4",
    text_off="#8795a3", accent="#4cc0c0", accent_hover="#66d0cf", accent_press="#82dcda",
    on_accent="#06272a", accent_soft="#173439", focus="#5fd0c9", link="#6bd3d1",
    rail="#0d1318", rail_hover="#18222a", rail_chosen="#1c3a40", rail_text="#a3b2be",
    rail_text_chosen="#ffffff", rail_mark="#5fd0c9", shadow="#000000",
    scroll="#4a5866",
    ok=Status("#79d59c", "#16301f", "#28553a"),
    waiting=Status("#9cbcf5", "#1a2a45", "#304a78"),
    warning=Status("#f0c264", "#352a10", "#5f4c1c"),
    stop=Status("#ff9d94", "#3d1c1a", "#6e332f"),
    municipalities=(
        ("074", "#5fa4ee"), ("236", "#f27d8e"), ("421", "#35b8a6"), ("849", "#c08af0"), ("924", "#e3b53a"),
    ),
)  # fmt: skip

HIGH_CONTRAST = Colours(
    name="contrast", dark=True,
    window="#000000", surface="#000000", raised="#0a0a0a", sunken="#000000", hover="#1c1c1c",
    chosen="#003a45", line="#8c9aa6", edge="#ffffff", text="#ffffff", text_soft="#f0f0f0",
    text_off="#bdbdbd", accent="#5ff2f2", accent_hover="#a6fafa", accent_press="#ffffff",
    on_accent="#000000", accent_soft="#00262b", focus="#ffe14d", link="#7df7f7",
    rail="#000000", rail_hover="#1c1c1c", rail_chosen="#003a45", rail_text="#ffffff",
    rail_text_chosen="#ffffff", rail_mark="#ffe14d", shadow="#000000", scroll="#ffffff",
    ok=Status("#7dff9e", "#001a08", "#7dff9e"),
    waiting=Status("#a9c8ff", "#000f2b", "#a9c8ff"),
    warning=Status("#ffd45e", "#1f1500", "#ffd45e"),
    stop=Status("#ff9f96", "#260300", "#ff9f96"),
    municipalities=(
        ("074", "#7dbcff"), ("236", "#ff8fa6"), ("421", "#4fe3cf"), ("849", "#d9aaff"), ("924", "#ffdc4d"),
    ),
)  # fmt: skip

ALL = {palette.name: palette for palette in (LIGHT, DARK, HIGH_CONTRAST)}
