"""A picture of every screen: ``python -m tools.screenshots --home T --out shots``.

Scenes are data (:mod:`tools.screenshots.scene`): what a person does before the picture is taken. Each is played
once in the real window on real stores and drawn in each theme and at each scale; what is cut on it is told.
"""
