"""Learnt judgements: small models behind one interface, features in and probabilities out, scored with numpy alone.

A judgement is asked with a bag of named features for each candidate (``["head=tariff", "path=obl.nsubj"]``); names are
hashed, so that no vocabulary ships. ``load("claims_roles")`` reads the weights from ``weights/claims_roles.npz``; its
card ``weights/claims_roles.md`` says what it decides, what it learnt from, under which licence, and how well it does on
documents left out. Training is in ``models/judgements``, outside the package.
"""

from __future__ import annotations

from extract.learned.bags import Bags, hash_bags, hash_names, join_bags
from extract.learned.linear import LinearModel
from extract.learned.store import WeightsError, load, load_or_none
from extract.learned.trees import TreeModel

__all__ = [
    "Bags",
    "LinearModel",
    "TreeModel",
    "WeightsError",
    "hash_bags",
    "hash_names",
    "join_bags",
    "load",
    "load_or_none",
]
