"""The recipe of the second reader: an encoder that ranks the roles and periods of claims after whole sentences."""
