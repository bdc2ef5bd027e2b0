"""The recovery key (palautusavain) as a sheet of paper, and a new key in the place of a lost one."""

from __future__ import annotations

from datetime import date
from html import escape

from workbench.context import Session
from workbench.errors import NotAllowed, UserError
from workbench.i18n import _, day_text
from workbench.organisation.model import Role
from workbench.organisation.queries import access_for
from workbench.store.keys import new_recovery_key
from workbench.store.store import Reader, Store


def may_renew(reader: Reader) -> bool:
    """Whether the person is an administrator (pääkäyttäjä) of the municipality acted for."""
    return access_for(reader).has_role(Role.ADMINISTRATOR)


def propose_key(store: Store) -> str:
    """A new recovery key to be shown; nothing opens with it before :func:`take_key`."""
    if not store.is_encrypted:
        raise UserError(_("Tietovarastoa ei ole salattu, joten palautusavainta ei tarvita."))
    return new_recovery_key()


def take_key(store: Store, session: Session, key: str) -> None:
    """Let a key that is safely on paper open this store and its later backups, and the former one no more."""
    with store.read_as(session) as reader:
        if not may_renew(reader):
            raise NotAllowed(_("Palautusavaimen vaihtaa kunnan pääkäyttäjä. Pyydä häntä tekemään se."))
    store.set_recovery_key(key)


def sheet(key: str, municipality: str, on: date) -> str:
    """The sheet as HTML: the key in its groups, what it is for, and where it is kept."""
    groups = key.split("-")
    rows = "".join(
        f"<td style='font-family:monospace;font-size:20pt;padding:6px 14px'>{escape(group)}</td>"
        + ("</tr><tr>" if n % 4 == 3 and n < len(groups) - 1 else "")
        for n, group in enumerate(groups)
    )
    told = (
        _("Tällä avaimella Seutupöydän tietovaraston ja sen varmuuskopiot saa auki, jos kone hajoaa tai "
          "salalause unohtuu. Avain on vain tässä paperissa: ohjelma ei tallenna sitä."),
        _("Säilytä paperi kunnan kassakaapissa suljetussa kuoressa. Älä säilytä avainta sillä koneella, jolla "
          "tietovarasto on, äläkä lähetä sitä sähköpostilla."),
        _("Se, jolla on tämä avain ja varmuuskopio, voi lukea kaikki kunnan asiat, myös salassa pidettävät."),
        _("Palautus: käynnistä ohjelma tyhjällä koneella, valitse ”Palauta varmuuskopiosta” ja kirjoita avain. "
          "Välit ja kirjainten koko ovat samantekeviä."),
    )  # fmt: skip
    paragraphs = "".join(f"<p style='font-size:11pt'>{escape(words)}</p>" for words in told)
    made = _("{municipality}, {day}").format(municipality=municipality, day=day_text(on))
    return (
        f"<h1 style='font-size:20pt'>{escape(_('Palautusavain'))}</h1>"
        f"<p style='font-size:11pt'>{escape(made)}</p>"
        f"<table border='1' cellspacing='0' style='margin-top:12px;margin-bottom:12px'><tr>{rows}</tr></table>"
        f"{paragraphs}"
    )
