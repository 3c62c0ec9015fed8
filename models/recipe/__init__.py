"""The recipe that trains ``models/en_trade``: ``python -m models.recipe --help`` lists its steps."""
