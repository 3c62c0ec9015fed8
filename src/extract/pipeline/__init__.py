"""The pipeline: its loading, the folder of its model, from a text to a ``Doc``."""
