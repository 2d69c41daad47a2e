"""Lengths in points, as PDF counts them."""

MILLIMETRE = 72 / 25.4
A4_POINTS = (595.276, 841.89)
