"""Speakers resolved: from the label beside the words to the person, the office and the country."""

from extract.components.speakers.component import TradeSpeakers

__all__ = ["TradeSpeakers"]
