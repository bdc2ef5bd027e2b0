"""The viewer's commands for a page: size and pages by keys that work wherever the keyboard is."""

from __future__ import annotations

from workbench.i18n import _
from workbench.ui.actions import ActionSpec
from workbench.ui.papers.viewer import DocumentViewer


def viewer_actions(viewer: DocumentViewer, scope: str) -> list[ActionSpec]:
    """Actions ``<scope>.zoom_in`` and so on, for the page ``scope``."""
    group = _("Asiakirja")

    def spec(name: str, text: str, mark: str, help_: str, run: object, key: str, *more: str) -> ActionSpec:
        return ActionSpec(f"{scope}.{name}", text, mark, help_, run, key, group=group, scope=scope,  # type: ignore[arg-type]
                          more_shortcuts=more)  # fmt: skip

    return [
        spec("zoom_in", _("Suurenna"), "zoom-in", _("Näytä asiakirja suurempana"),
             lambda: viewer.zoom_by(1), "Ctrl++", "Ctrl+="),
        spec("zoom_out", _("Pienennä"), "zoom-out", _("Näytä asiakirja pienempänä"),
             lambda: viewer.zoom_by(-1), "Ctrl+-"),
        spec("zoom_fit", _("Sovita leveyteen"), "scan", _("Näytä asiakirja koko leveydellä"),
             lambda: viewer.zoom_by(0), "Ctrl+0"),
        spec("page_next", _("Seuraava sivu"), "down", _("Asiakirjan seuraava sivu"),
             lambda: viewer.page_by(1), "Alt+PgDown"),
        spec("page_back", _("Edellinen sivu"), "up", _("Asiakirjan edellinen sivu"),
             lambda: viewer.page_by(-1), "Alt+PgUp"),
    ]  # fmt: skip
