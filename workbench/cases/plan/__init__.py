"""The records plan (*tiedonohjaussuunnitelma, TOS*): what a case of each class is born knowing.

Pure data and rules: nothing here reads the clock, the store or the window.
"""
