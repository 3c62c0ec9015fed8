"""spaCy components, one file or folder each; the factories are in ``factories``."""
