"""The flow that `prefect.yaml` deploys; it lives in the package, so that an installed wheel has it too."""

from extract.flows.extract_corpus import extract_corpus

__all__ = ["extract_corpus"]
