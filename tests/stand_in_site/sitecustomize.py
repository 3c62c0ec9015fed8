"""On ``PYTHONPATH`` of a process, this lets the workers use the stand-in pipeline; Python imports it at start."""

import os
import sys

if os.environ.get("EXTRACT_TEST_STAND_IN"):
    sys.path.insert(0, os.environ["EXTRACT_TEST_STAND_IN"])
    import extract.pipeline.documents
    import extract.runs.fingerprint
    from extract.runs.fingerprint import Fingerprint

    def load_stand_in(model: str | None) -> object:
        from tests.run_support import StandIn

        if model == "missing":
            from extract.errors import ModelError

            raise ModelError("missing", "it is missing")
        return StandIn(2 if model == "second" else 1)

    def pinned(model: str | None, cache: object = None) -> Fingerprint:
        version = os.environ.get("EXTRACT_TEST_VERSION", extract.__version__)
        return Fingerprint({"package": version, "model": model or "stand-in"})

    extract.pipeline.documents.load_pipeline = load_stand_in  # type: ignore[assignment]
    extract.runs.fingerprint.fingerprint = pinned  # type: ignore[assignment]
    if "EXTRACT_TEST_WAIT_S" in os.environ:
        import extract.runs.cluster

        extract.runs.cluster.WORKER_LIMIT_S = float(os.environ["EXTRACT_TEST_WAIT_S"])
