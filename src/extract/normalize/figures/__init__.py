"""Figures of a text: numbers with their units, ranges, lists and ratios, as pure functions."""
