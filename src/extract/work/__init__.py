"""Documents through the pipeline: batches, limits, worker processes, explanations."""
