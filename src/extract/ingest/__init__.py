"""From raw files to decoded texts: finding, decoding, hashing, metadata. Nothing here knows of spaCy."""
