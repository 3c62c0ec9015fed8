"""Prefect flows; nothing else in the project imports Prefect."""
