"""Ensimmäinen rakenne"""

# Every server of this version was made whole by the program itself: nothing leads here.
revision = "1.0"
down_revision = None
