"""What became of files that were brought in, in one sentence: "12 tuotu, 1 hylätty: tyhjä.pdf …"."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.cases.intake.watching import Outcome
from workbench.i18n import _, ngettext


def summary(outcomes: Sequence[Outcome], already: int = 0) -> tuple[str, str]:
    """(sentence, state)."""
    refused = [o for o in outcomes if o.why]
    taken = len(outcomes) - len(refused) - already
    words = [ngettext("{n} tuotu", "{n} tuotu", taken).format(n=taken)]
    if already:
        words.append(ngettext("{n} oli jo saapuneissa", "{n} oli jo saapuneissa", already).format(n=already))
    if not refused:
        return _("{parts}.").format(parts=", ".join(words)), "ok"
    words.append(ngettext("{n} hylätty", "{n} hylätty", len(refused)).format(n=len(refused)))
    return _("{parts}: {why}").format(parts=", ".join(words), why=refused[0].why), "warning"
