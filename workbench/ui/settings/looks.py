"""Ulkoasu: what the window looks like and which keys do what. Everything takes effect at once, except the
size and the language, which say that they wait for the next start."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QRadioButton, QWidget

from workbench.i18n import _, ngettext
from workbench.resources import resource_dir
from workbench.ui.settings.fields import Card, Field, Section
from workbench.ui.settings.keys import KeysCard
from workbench.ui.shell import Ui
from workbench.ui.theme.manager import SCALES, Theme

_TOASTS = (5, 8, 15, 60)


class LooksSection(Section):
    """Theme, size, density, messages, language, own shortcuts."""

    def __init__(self, ui: Ui, theme: Theme) -> None:
        super().__init__(_("Ulkoasu"), _("Nämä ovat vain sinun. Muutos tallentuu heti."))
        self._settings, self._theme = ui.settings, theme
        self.started_scale = int(ui.settings.get("scale"))
        self.started_language = str(ui.settings.get("language"))
        self.add(self._theme_card(), self._size_card(), self._language_card(), KeysCard(ui))
        self.end()

    def _theme_card(self) -> QWidget:
        card = Card(_("Teema"))
        group = QButtonGroup(self)
        self.themes: dict[str, QRadioButton] = {}
        for choice, words in (
            ("system", _("Järjestelmän mukaan")),
            ("light", _("Vaalea")),
            ("dark", _("Tumma")),
            ("contrast", _("Suuri kontrasti")),
        ):
            radio = QRadioButton(words)
            radio.setChecked(self._settings.get("theme") == choice)
            radio.toggled.connect(lambda on, choice=choice: self._choose_theme(choice) if on else None)
            group.addButton(radio)
            self.themes[choice] = radio
        card.column.setSpacing(2)
        card.add(*list(self.themes.values())[:2])
        card.add(*list(self.themes.values())[2:])
        self.compact = QCheckBox(_("Tiiviit rivit: luetteloihin mahtuu noin viidennes enemmän"))
        self.compact.setChecked(bool(self._settings.get("compact")))
        self.compact.toggled.connect(self._choose_density)
        card.add(self.compact)
        return card

    def _size_card(self) -> QWidget:
        card = Card(_("Koko ja ilmoitukset"))
        self.scale = QComboBox()
        for percent in SCALES:
            self.scale.addItem(_("{n} %").format(n=percent), percent)
        self.scale.setCurrentIndex(SCALES.index(self.started_scale))
        self.scale.currentIndexChanged.connect(self._choose_scale)
        self.scale_field = Field(_("Ikkunan koko"), self.scale)
        self.toast = QComboBox()
        for seconds in _TOASTS:
            self.toast.addItem(ngettext("{n} sekunti", "{n} sekuntia", seconds).format(n=seconds), seconds)
        self.toast.setCurrentIndex(_TOASTS.index(int(self._settings.get("toast_s"))))
        self.toast.currentIndexChanged.connect(
            lambda _row: self._settings.set("toast_s", self.toast.currentData())
        )
        card.add(self.scale_field, Field(_("Ilmoitus näkyy"), self.toast))
        self._tell_scale()
        return card

    def _language_card(self) -> QWidget:
        card = Card(_("Kieli"))
        self.language = QComboBox()
        codes = ("fi", "sv", "en")
        for code, words in zip(codes, ("Suomi", "Svenska", "English"), strict=True):
            self.language.addItem(words, code)
        self.language.setCurrentIndex(codes.index(self.started_language))
        self.language.currentIndexChanged.connect(self._choose_language)
        self.language_field = Field(_("Ohjelman kieli"), self.language)
        card.add(self.language_field)
        self._tell_language()
        return card

    def _choose_theme(self, choice: str) -> None:
        self._settings.set("theme", choice)
        self._theme.choose(choice)

    def _choose_density(self, compact: bool) -> None:
        self._settings.set("compact", compact)
        self._theme.set_compact(compact)

    def _choose_scale(self, _row: int) -> None:
        self._settings.set("scale", self.scale.currentData())
        self._tell_scale()

    def _tell_scale(self) -> None:
        waits = self.scale.currentData() != self.started_scale
        self.scale_field.set_hint(_("Koko vaihtuu, kun käynnistät ohjelman uudelleen.") if waits else "")

    def _choose_language(self, _row: int) -> None:
        self._settings.set("language", self.language.currentData())
        self._tell_language()

    def _tell_language(self) -> None:
        code = self.language.currentData()
        words = [_untranslated(code)]
        if code != self.started_language:
            words.append(_("Kieli vaihtuu, kun käynnistät ohjelman uudelleen."))
        self.language_field.set_hint("\n".join(filter(None, words)))


def _untranslated(code: str) -> str:
    """What is not in this language yet."""
    if code == "fi" or (resource_dir("translations") / code / "LC_MESSAGES" / "workbench.mo").exists():
        return ""
    return _(
        "Ohjelman tekstejä ei ole vielä käännetty tälle kielelle: sivut, komennot ja ilmoitukset ovat "
        "suomeksi. Kalenteri ja tekstikenttien omat valikot vaihtuvat."
    )
