"""Pure functions from text to value; they import nothing else of this package."""
