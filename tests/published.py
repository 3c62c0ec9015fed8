"""Tables of a few words, published in this process without a flow: for tests of the commands that read them."""

from __future__ import annotations

from pathlib import Path

from extract.runs.session import Options, Session
from extract.store.records import RunRecord
from extract.work.pool import make_runner

TEXT = "MS. ABARA: The duty on tin was 12 percent in 1994.\n\nMR. LIND: We asked for 4 percent.\n"


def publish(raw: Path, out: Path, model: str | None = "blank") -> RunRecord:
    """Run the pipeline over a raw folder, in this process."""
    with Session(Options(str(raw), str(out), model=model, workers=0)) as session:
        batches = session.begin()
        runner = make_runner(session.setup, 0)
        for batch in batches:
            runner.run(batch, lambda event, doc_id: None)
        return session.finish()


def publish_text(folder: Path, text: str = TEXT, name: str = "talks/tin.txt") -> Path:
    """Write one document below ``folder/raw``, publish into ``folder/out`` and return that."""
    path = folder / "raw" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    publish(folder / "raw", folder / "out")
    return folder / "out"
