"""The central server (keskuspalvelin): its logic as plain functions, its HTTP adapter and its command line."""
