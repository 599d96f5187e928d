"""The two themes, light and dark: every pair of colours that carries text has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3)."""

from typing import Final

from textual.theme import Theme

NAMES: Final = {"light": "interview-light", "dark": "interview-dark"}
"""The setting's word and the theme's name."""


def light() -> Theme:
    """Dark ink on warm white."""
    return Theme(
        name=NAMES["light"],
        primary="#0b5394",
        secondary="#5b4b8a",
        accent="#0b5394",
        foreground="#1b1b1b",
        background="#fbfaf7",
        surface="#f0eee8",
        panel="#e4e1d8",
        success="#1e6b34",
        warning="#8a4b00",
        error="#a3151f",
        dark=False,
        variables={
            "input-cursor-background": "#1b1b1b",
            "input-cursor-foreground": "#fbfaf7",
            "input-selection-background": "#bcd4ea",
        },
    )


def dark() -> Theme:
    """Light ink on near black."""
    return Theme(
        name=NAMES["dark"],
        primary="#8ab8e6",
        secondary="#b9a8e0",
        accent="#8ab8e6",
        foreground="#e6e3dc",
        background="#14161a",
        surface="#1d2026",
        panel="#292d35",
        success="#8fce9b",
        warning="#f0b866",
        error="#ff8f87",
        dark=True,
        variables={
            "input-cursor-background": "#e6e3dc",
            "input-cursor-foreground": "#14161a",
            "input-selection-background": "#34506b",
        },
    )
