"""The map: camera and geometry as values, the sheet, the scene that a screen hands in, and the painter."""
