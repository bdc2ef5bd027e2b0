"""What wakes the synchronising besides time: the network is back, the machine has woken, or the person has come back
to the window."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_TICK_S, _SLEPT_S = 15.0, 60.0


class Waking(QObject):
    """Calls ``wake`` on the window's thread; more often than needed does no harm, as a cycle runs alone."""

    def __init__(self, wake: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._wake = wake
        self._network: QObject | None = None
        self._last = time.time()
        self._clock = QTimer(self, interval=round(_TICK_S * 1000))
        self._clock.timeout.connect(self._tick)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)

    def listen(self) -> None:
        """Begin: finding out about the network loads a plug-in, so this is for after the start."""
        # Here, not above: a window that has no server does not load it.
        from PySide6.QtNetwork import QNetworkInformation

        self._clock.start()
        reachable = QNetworkInformation.Feature.Reachability
        if not QNetworkInformation.loadBackendByFeatures(reachable):
            return  # a system that does not tell
        network = QNetworkInformation.instance()
        network.reachabilityChanged.connect(self._on_network)
        self._network = network

    def _on_network(self, reachability: object) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if reachability in (
            QNetworkInformation.Reachability.Online,
            QNetworkInformation.Reachability.Site,
            QNetworkInformation.Reachability.Local,
        ):
            self._wake()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._wake()

    def _tick(self) -> None:
        """A machine that slept lets its timers sleep, but not its clock."""
        now = time.time()
        slept = now - self._last > _TICK_S + _SLEPT_S
        self._last = now
        if slept:
            self._wake()
