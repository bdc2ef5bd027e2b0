"""Why the operating system refused, in Finnish: its own words come in whatever language it speaks."""

from __future__ import annotations

import errno

from workbench.i18n import N_, _

_WORDS = {
    errno.ENOENT: N_("kansiota tai tiedostoa ei ole"),
    errno.ENOTDIR: N_("polussa on tiedosto, jonka pitäisi olla kansio"),
    errno.EISDIR: N_("paikalla on samanniminen kansio"),
    errno.EACCES: N_("oikeus puuttuu"),
    errno.EPERM: N_("oikeus puuttuu"),
    errno.EROFS: N_("levylle ei voi kirjoittaa"),
    errno.ENOSPC: N_("levy on täynnä"),
    getattr(errno, "EDQUOT", -1): N_("levytilan osuus on täynnä"),
    errno.EBUSY: N_("toinen ohjelma käyttää sitä"),
    errno.ENAMETOOLONG: N_("nimi on liian pitkä"),
    errno.EIO: N_("levyn lukeminen tai kirjoittaminen ei onnistu"),
    errno.ETIMEDOUT: N_("verkko ei vastaa"),
    errno.EHOSTUNREACH: N_("verkko ei vastaa"),
    errno.ENETUNREACH: N_("verkko ei vastaa"),
}
# Windows tells these by its own numbers: sharing violation, network path or name gone, disk full.
_WINDOWS = {
    32: N_("toinen ohjelma käyttää sitä"),
    33: N_("toinen ohjelma käyttää sitä"),
    53: N_("verkko ei vastaa"),
    64: N_("verkko ei vastaa"),
    67: N_("verkko ei vastaa"),
    112: N_("levy on täynnä"),
}


def os_reason(error: OSError) -> str:
    """The reason, as the end of a sentence; the system's own words where we have none."""
    found = _WINDOWS.get(getattr(error, "winerror", None) or 0) or _WORDS.get(error.errno or 0)
    return _(found) if found else str(error.strerror or error)
