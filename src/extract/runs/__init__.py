"""A run: its session, its plan, the fingerprint of the pipeline, what is pruned, what fails."""
