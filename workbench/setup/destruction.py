"""After a lawful destruction (hävittämisen jälkeen): the files are cleaned, and whoever destroyed something is
told until which day backups still hold it."""

from __future__ import annotations

from workbench.i18n import _, day_text
from workbench.store.backup import backup_folders, held_until, list_backups
from workbench.store.store import Store


def clean_up(store: Store) -> str:
    """Clean the files of destroyed words and tell what still holds them. Takes as long as rewriting the
    database does."""
    cleaned = store.purge_deleted()
    told = backups_hold(store)
    if cleaned:
        return told
    waits = _("Toinen ohjelma luki tietovarastoa: tiedostot siivotaan seuraavan varmuuskopion yhteydessä.")
    return f"{waits}\n{told}"


def backups_hold(store: Store) -> str:
    """Until which day backups hold what has been destroyed just now, in words."""
    folders = backup_folders(store)
    missing = [str(f) for f in folders if not f.is_dir()]
    holding = {f: found[0].made_at for f in folders if (found := list_backups(f))}
    # Rotation runs where backups are made: only the folder last used is sure to forget by itself.
    used = max(holding, key=lambda f: holding[f], default=None)
    left = [str(f) for f in holding if f != used]
    lines = []
    day = held_until(used) if used is not None else None
    if day is not None:
        lines.append(
            _(
                "Aiemmissa varmuuskopioissa hävitetty säilyy, kunnes ne poistuvat kierrossa: viimeistään {day}, "
                "kun varmuuskopio tehdään vähintään kerran kuussa."
            ).format(day=day_text(day))
        )
    if left:
        lines.append(
            _(
                "Vanhoja varmuuskopioita on myös kansiossa, johon niitä ei enää tehdä: {folders}. Ne eivät poistu "
                "itsestään."
            ).format(folders=", ".join(left))
        )
    if missing:
        lines.append(
            _("Varmuuskopioita voi olla myös kansiossa, jota ei voitu lukea: {folders}.").format(
                folders=", ".join(missing)
            )
        )
    return "\n".join(lines) or _("Varmuuskopioita, joissa hävitetty säilyisi, ei ole.")
