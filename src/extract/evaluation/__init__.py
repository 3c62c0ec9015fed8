"""Scores of the tables against gold annotations, floors that hold them, precision from reviews."""
