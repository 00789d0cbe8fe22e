"""Putting a picture together: photos with their scrims below, what the engine draws above."""
