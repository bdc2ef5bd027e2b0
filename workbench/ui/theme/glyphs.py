"""Meaning → glyph of the one icon family (Phosphor, from qtawesome's files). Pages name the meaning.

A glyph serves one meaning, except where two words name one thing. A test looks up each in the font.
"""

from __future__ import annotations

GLYPHS: dict[str, str] = {
    # pages
    "desk": "squares-four", "arrivals": "tray", "cases": "folder", "decisions": "circle-wavy-check",
    "meetings": "users-three", "outgoing": "paper-plane-tilt", "substitutes": "swap", "archive": "archive",
    "settings": "gear-six", "conflicts": "git-diff", "people": "user-list",
    # things
    "case": "folder-open", "document": "file-text", "letter": "envelope-simple", "attachment": "paperclip",
    "note": "note", "decision": "article", "meeting": "users-four", "agenda": "list-numbers", "minutes": "notebook",
    "notice": "megaphone", "appeal": "scales", "person": "user", "party": "identification-card",
    "municipality": "buildings", "class": "tree-structure", "deadline": "hourglass", "date": "calendar-blank",
    "secret": "lock-simple", "public": "globe-simple", "package": "package", "report": "chart-bar-horizontal",
    "task": "check-square", "task-open": "square", "phase": "flag", "history": "clock-counter-clockwise", "link": "link-simple",
    "law": "book-open", "signature": "pen-nib-straight", "phone": "phone", "image": "image", "spreadsheet": "table",
    "money": "currency-eur", "plan": "map-trifold", "speech": "chat-text", "room": "projector-screen",
    # deeds
    "add": "plus", "edit": "pencil-simple", "save": "floppy-disk", "delete": "trash", "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right", "correct": "pencil-line", "search": "magnifying-glass", "filter": "funnel-simple",
    "sort": "sort-ascending", "columns": "columns", "export": "export", "import": "download-simple",
    "print": "printer", "send": "paper-plane-right", "sign": "pen-nib", "approve": "check-circle",
    "reject": "x-circle", "register": "archive-tray", "open": "arrow-square-out", "copy": "copy",
    "move": "arrow-bend-up-right", "transfer": "share", "assign": "user-plus", "publish": "broadcast", "lock": "lock-key",
    "unlock": "lock-key-open", "refresh": "arrows-clockwise", "retry": "arrow-clockwise", "scan": "frame-corners",
    "peek": "eye", "hide": "eye-slash", "zoom-in": "magnifying-glass-plus", "zoom-out": "magnifying-glass-minus",
    "fullscreen": "corners-out", "more": "dots-three", "menu": "list", "close": "x", "back": "arrow-left",
    "forward": "arrow-right", "up": "caret-up", "down": "caret-down", "left": "caret-left",
    "right": "caret-right", "keyboard": "keyboard", "command": "command", "help": "question", "bug": "bug",
    "vote": "hand-palm", "speak": "microphone", "present": "user-circle-plus", "absent": "user-circle-minus",
    "dispose": "fire-simple", "backup": "hard-drives", "pin": "push-pin", "theme": "circle-half", "density": "rows",
    "stop-job": "stop-circle", "play": "play", "pause": "pause", "quit": "sign-out", "merge": "git-merge",
    # states
    "ok": "check-circle", "waiting": "clock", "warning": "warning", "stop": "prohibit", "info": "info",
    "error": "warning-circle", "sync": "arrows-clockwise", "offline": "cloud-slash", "online": "cloud-check",
    "sure": "check", "likely": "equals", "unsure": "question", "empty": "tray", "new": "sparkle", "done": "check",
    "current": "circle", "demo": "flask", "jobs": "list-dashes", "suggestion": "lightbulb",
}  # fmt: skip
