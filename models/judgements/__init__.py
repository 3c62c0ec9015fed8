"""Training of the learnt judgements in ``extract.learned``: feature files in, weights out. See models/README.md."""
