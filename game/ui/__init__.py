"""The window: the only room that knows pygame. Screens are values (widgets) made from what a seat knows; `draw`
paints them, `hands` turns mouse and keys into acts on them, `app` owns the window and the clock.
"""
