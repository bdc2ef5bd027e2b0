"""Sync (synkronointi): the workstation's side of the protocol, and the wire format both sides share."""
