"""The frame round the pages: rail, band, command palette, messages, history. It knows no domain words but
those handed to it; a page is a :class:`PageSpec`."""

from workbench.ui.shell.pages import Location, PageSpec
from workbench.ui.shell.services import Ui
from workbench.ui.shell.topband import Acting
from workbench.ui.shell.window import MainWindow

__all__ = ["Acting", "Location", "MainWindow", "PageSpec", "Ui"]
