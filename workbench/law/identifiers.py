"""Finnish identifiers: business id (Y-tunnus) and personal identity code (henkilötunnus)."""

from __future__ import annotations

from stdnum.exceptions import ValidationError
from stdnum.fi import hetu, ytunnus

from workbench.errors import UserError
from workbench.i18n import _


def is_business_id(text: str) -> bool:
    """Whether the text is a possible business id, check digit included."""
    try:
        ytunnus.validate(text)
    except ValidationError:
        return False
    return True


def check_business_id(text: str) -> str:
    """The business id in its written form ``1234567-8``; raises UserError when impossible."""
    digits = text.strip()
    if not is_business_id(digits):
        raise UserError(
            _("Y-tunnus ”{text}” ei ole oikein. Tarkista numerot; muoto on 1234567-8.").format(text=text),
            field="business_id",
        )
    return str(ytunnus.format(digits))


def is_identity_number(text: str) -> bool:
    """Whether the text is a possible identity code: date, separator of the century, check character."""
    try:
        hetu.validate(text, allow_temporary=True)
    except ValidationError:
        return False
    return True


def check_identity_number(text: str) -> str:
    """The identity code in upper case; raises UserError when impossible. The code itself is never
    repeated in the message."""
    code = text.strip().upper()
    if not is_identity_number(code):
        raise UserError(
            _("Henkilötunnus ei ole oikein. Tarkista se; muoto on esimerkiksi 131052-308T."),
            field="identity_number",
        )
    return code
