"""An arriving file made readable: its true type, its text, its parts. Knows no database and no window."""
