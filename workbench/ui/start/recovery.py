"""The recovery key (palautusavain), shown once: one goes on only when it is written down or saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from workbench.i18n import _
from workbench.store.files import write_atomically
from workbench.ui.dialogs import Dialogs
from workbench.ui.settings.fields import Card, Field, Section, button, line, soft
from workbench.ui.theme.fonts import sized
from workbench.ui.widgets.text import label

_ASKED = (1, 6)
"""The groups typed back, counted from zero."""


class RecoveryView(Section):
    """``ready(bool)``: whether one may go on."""

    ready = Signal(bool)

    def __init__(self, dialogs: Dialogs) -> None:
        super().__init__(
            _("Palautusavain"), _("Kunnan tiedot on kirjoitettu. Tämä avain näytetään vain nyt.")
        )
        self._dialogs = dialogs
        self._key, self.saved = "", False
        self.shown = label("", "", selectable=True, wrap=True)
        self.shown.setAccessibleName(_("Palautusavain"))
        font = sized(self.font(), 20)
        font.setStyleHint(font.StyleHint.Monospace)
        self.shown.setFont(font)
        self.shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = Card(_("Kirjoita avain paperille"))
        card.add(self.shown)
        card.add(
            soft(
                _(
                    "Jos kone hajoaa tai salalause unohtuu, varaston saa auki vain tällä avaimella. Säilytä "
                    "se kunnan kassakaapissa. Avainta ei tallenneta ohjelmaan."
                )
            )
        )
        self.typed = line()
        self.field = Field("", self.typed, hint=_("Näin varmistetaan, että avain on kirjoitettu oikein."))
        self.typed.textChanged.connect(lambda _text: self._look())
        self.typed.editingFinished.connect(self._judge)
        check = Card(_("Varmista"))
        check.add(self.field)
        self.save_button = button(_("Tallenna sen sijaan tiedostoon"), "save")
        self.save_button.clicked.connect(self.save)
        self.save_words = soft(_("Siirrä tiedosto heti pois tältä koneelta, esimerkiksi muistitikulle."))
        check.add_row(self.save_button)
        check.add(self.save_words)
        self.add(card, check)
        self.end()
        self.setFocusProxy(self.typed)

    def show_key(self, key: str) -> None:
        """Show a new key."""
        self._key, self.saved = key, False
        self.shown.setText(key.replace("-", " – ") if not key else "  ".join(key.split("-")))
        self.typed.clear()
        numbers = _("Kirjoita avaimen {first}. ja {second}. ryhmä").format(
            first=_ASKED[0] + 1, second=_ASKED[1] + 1
        )
        self.field.name.setText(numbers)
        self.typed.setAccessibleName(numbers)
        self._look()

    def may_go_on(self) -> bool:
        """Whether the key is safe."""
        groups = self._key.split("-")
        wanted = "".join(groups[n] for n in _ASKED) if len(groups) > max(_ASKED) else ""
        typed = "".join(c for c in self.typed.text().upper() if c.isalnum())
        return self.saved or (bool(wanted) and typed == wanted)

    def save(self) -> None:
        """Write the key to a file in a folder the person chooses."""
        folder = self._dialogs.choose_folder(_("Tallenna palautusavain kansioon"))
        if folder is None:
            return
        path = folder / "seutupoyta-palautusavain.txt"
        words = _("Seutupöydän palautusavain. Säilytä kassakaapissa.")
        try:
            write_atomically(path, f"{words}\r\n\r\n{self._key}\r\n".encode())
        except OSError as error:
            self.field.error.show_error(
                _("Avainta ei voitu tallentaa: {why}").format(why=error.strerror or error)
            )
            return
        self.saved = True
        self._look()

    def _judge(self) -> None:
        wrong = bool(self.typed.text().strip()) and not self.may_go_on()
        self.field.error.show_error(_("Ryhmät eivät täsmää. Vertaa paperia ruutuun.") if wrong else "")

    def _look(self) -> None:
        if self.may_go_on():
            self.field.error.show_error("")
        self.ready.emit(self.may_go_on())
