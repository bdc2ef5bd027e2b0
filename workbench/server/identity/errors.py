"""Why a caller is not let in."""

from __future__ import annotations

from workbench.errors import UserError
from workbench.i18n import _


class SignInFailed(UserError):
    """No such account, a wrong password, a wrong code, a disabled account: all answer alike."""

    def __init__(self) -> None:
        super().__init__(
            _("Kirjautuminen ei onnistunut. Tarkista tunnus, salasana ja vahvistuskoodi."),
            code="sign_in_failed",
        )


class EnrolmentFailed(UserError):
    """The joining code is unknown, used or too old."""

    def __init__(self) -> None:
        super().__init__(
            _("Liittymiskoodi ei kelpaa. Pyydä pääkäyttäjältä uusi koodi."), code="sign_in_failed"
        )


class TooMany(UserError):
    """Too many failures, or too much at once; ``seconds`` until it is worth trying."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Liian monta yritystä. Yritä hetken kuluttua uudelleen."), code="busy")
        self.seconds = seconds


class SignedOut(UserError):
    """The token is unknown, too old or ended; signing in again helps."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("Kirjautuminen on päättynyt. Kirjaudu uudelleen."), code="signed_out")


class DeviceRefused(UserError):
    """The credentials are right but this workstation may not be used with them."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code="forbidden")


class Wiped(UserError):
    """The workstation was reported lost: its store is to be destroyed."""

    def __init__(self) -> None:
        super().__init__(_("Tämä työasema on ilmoitettu kadonneeksi. Sen tiedot hävitetään."), code="wiped")
