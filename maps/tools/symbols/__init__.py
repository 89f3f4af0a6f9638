"""Drawing the unit symbols of the window anew (game/ui/data/README.md)."""
