"""The recovery key (palautusavain), shown once: one goes on only when it is written down, printed or saved."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal

from workbench.i18n import _
from workbench.oswords import os_reason
from workbench.setup.recovery import sheet
from workbench.ui.dialogs import Dialogs
from workbench.ui.papers.printing import write_pdf
from workbench.ui.settings.fields import Card, Field, Section, button, line, soft
from workbench.ui.theme.fonts import sized
from workbench.ui.widgets.text import label

_ASKED = (1, 6)
"""The groups typed back, counted from zero."""
_FILE = "seutupoyta-palautusavain.pdf"


class RecoveryView(Section):
    """``ready(bool)``: whether one may go on."""

    ready = Signal(bool)

    def __init__(self, dialogs: Dialogs, words: str) -> None:
        super().__init__(_("Palautusavain"), words)
        self._dialogs = dialogs
        self._key, self._sheet, self.saved = "", "", False
        self.shown = label("", "", selectable=True, wrap=True)
        self.shown.setAccessibleName(_("Palautusavain"))
        font = sized(self.font(), 20)
        font.setStyleHint(font.StyleHint.Monospace)
        self.shown.setFont(font)
        self.shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = Card(_("Kirjoita tai tulosta avain paperille"))
        card.add(self.shown)
        card.add(
            soft(
                _(
                    "Jos kone hajoaa tai salalause unohtuu, varaston saa auki vain tällä avaimella. Säilytä "
                    "se kunnan kassakaapissa. Avainta ei tallenneta ohjelmaan."
                )
            )
        )
        self.print_button = button(_("Tulosta"), "print")
        self.print_button.clicked.connect(self.print_out)
        self.save_button = button(_("Tallenna PDF-tiedostoon"), "save")
        self.save_button.clicked.connect(self.save)
        card.add_row(self.print_button, self.save_button)
        self.told = label("", "soft", wrap=True)
        self.told.hide()
        card.add(self.told)
        self.typed = line()
        self.field = Field("", self.typed, hint=_("Näin varmistetaan, että avain on kirjoitettu oikein."))
        self.typed.textChanged.connect(lambda _text: self._look())
        self.typed.editingFinished.connect(self._judge)
        check = Card(_("Tai varmista, että kirjoitit avaimen"))
        check.add(self.field)
        self.add(card, check)
        self.end()
        self.setFocusProxy(self.typed)

    def show_key(self, key: str, municipality: str, on: date) -> None:
        """Show a new key."""
        self._key, self.saved = key, False
        self._sheet = sheet(key, municipality, on)
        self.shown.setText("  ".join(key.split("-")))
        self.told.hide()
        self.typed.clear()
        numbers = _("Kirjoita avaimen {first}. ja {second}. ryhmä").format(
            first=_ASKED[0] + 1, second=_ASKED[1] + 1
        )
        self.field.name.setText(numbers)
        self.typed.setAccessibleName(numbers)
        self._look()

    def forget(self) -> None:
        """The key goes out of sight and out of memory."""
        self._key, self._sheet = "", ""
        self.shown.setText("")

    def key(self) -> str:
        """The key shown."""
        return self._key

    def may_go_on(self) -> bool:
        """Whether the key is safe."""
        groups = self._key.split("-")
        wanted = "".join(groups[n] for n in _ASKED) if len(groups) > max(_ASKED) else ""
        typed = "".join(c for c in self.typed.text().upper() if c.isalnum())
        return self.saved or (bool(wanted) and typed == wanted)

    def print_out(self) -> None:
        """Print the sheet on a printer the person chooses."""
        if self._dialogs.print_page(_("Palautusavain"), self._sheet):
            self._is_safe(_("Avain on lähetetty tulostimelle. Hae paperi heti ja vie se kassakaappiin."))

    def save(self) -> None:
        """Write the sheet as a PDF to a folder the person chooses."""
        folder = self._dialogs.choose_folder(_("Tallenna palautusavain kansioon"))
        if folder is None:
            return
        path = folder / _FILE
        try:
            write_pdf(self._sheet, _("Palautusavain"), path)
        except OSError as error:
            self.field.error.show_error(_("Avainta ei voitu tallentaa: {why}").format(why=os_reason(error)))
            return
        self._is_safe(
            _("Avain on tiedostossa {path}. Tulosta se ja siirrä tiedosto heti pois tältä koneelta, "
              "esimerkiksi muistitikulle, joka viedään kassakaappiin.").format(path=path)
        )  # fmt: skip

    def _is_safe(self, words: str) -> None:
        self.saved = True
        self.told.setText(words)
        self.told.show()
        self._look()

    def _judge(self) -> None:
        wrong = bool(self.typed.text().strip()) and not self.may_go_on()
        self.field.error.show_error(_("Ryhmät eivät täsmää. Vertaa paperia ruutuun.") if wrong else "")

    def _look(self) -> None:
        if self.may_go_on():
            self.field.error.show_error("")
        self.ready.emit(self.may_go_on())
