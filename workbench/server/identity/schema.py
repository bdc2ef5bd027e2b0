"""Tables of accounts, devices and tokens."""

from __future__ import annotations
