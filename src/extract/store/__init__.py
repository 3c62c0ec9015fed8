"""Where rows are kept: storage, immutable parts, records, the lock, the history, publishing, reading back."""
