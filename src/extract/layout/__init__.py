"""What a text looks like on the page: its lines and paragraphs."""
