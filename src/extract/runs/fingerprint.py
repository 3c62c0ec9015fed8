"""What a pipeline is, as a hash: any change of code, lexicons, model or settings that can change a row changes it.

Made from files alone, without importing spaCy: a run that has nothing to do must know so in a moment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extract
from extract.pipeline.model_folder import BLANK, find_model
from extract.tables.schema import SCHEMA_VERSION

PACKAGE = Path(__file__).resolve().parents[1]
# the rooms that stand between the bytes of a file and its rows
ROOMS = ("lexicons", "normalize", "ingest", "layout", "learned", "components", "pipeline", "tables")
# and the libraries there that decide what a row holds
LIBRARIES = (
    *("babel", "charset-normalizer", "lxml", "numpy", "onnxruntime", "pycountry", "pypdf", "python-docx", "spacy"),
    *("sudachidict-core", "sudachipy", "thinc", "tokenizers", "trafilatura"),
)
_SHOWN_DIGITS = 12
_CHUNK_BYTES = 1 << 20

# path -> [size in bytes, modification time in ns, hash]; lets a large model be hashed once
HashCache = MutableMapping[str, list[int | str]]


@dataclass(frozen=True)
class Fingerprint:
    """``parts`` says what went in, by name, so that a change can be told: code, lexicons, model, versions."""

    parts: dict[str, str]

    @property
    def value(self) -> str:
        """The whole as 64 hexadecimal digits."""
        lines = "\n".join(f"{name}={value}" for name, value in sorted(self.parts.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    @property
    def pipeline_version(self) -> str:
        """Package version and the hash's first digits: what the tables carry."""
        return f"{self.parts['package']}+{self.value[:_SHOWN_DIGITS]}"


def fingerprint(model: str | None, cache: HashCache | None = None) -> Fingerprint:
    """The fingerprint of the pipeline with a model. Raises ``ModelError`` if there is no such model."""
    cache = {} if cache is None else cache
    code = [PACKAGE / name for name in ROOMS]
    folder = find_model(model)
    return Fingerprint(
        {
            "package": extract.__version__,
            "schema": SCHEMA_VERSION,
            "libraries": " ".join(f"{name} {_version(name)}" for name in LIBRARIES),
            "code": _hash_files(_source_files(code, (".py",)), PACKAGE, {}),
            "lexicons": _hash_files(_source_files(code, None), PACKAGE, {}),
            "model": BLANK if folder is None else _hash_files(_source_files([folder], None), folder, cache),
        }
    )


def changed_parts(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """The names of the parts that differ, sorted."""
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"


def _source_files(places: Iterable[Path], suffixes: tuple[str, ...] | None) -> list[Path]:
    """Files below the places: those with the suffixes, or (``None``) all data: no code, no notes."""
    found: list[Path] = []
    for place in places:
        inside = [place] if place.is_file() else place.rglob("*")
        found += [path for path in inside if path.is_file() and _counts(path, suffixes)]
    return sorted(found)


def _counts(path: Path, suffixes: tuple[str, ...] | None) -> bool:
    if suffixes is not None:
        return path.suffix in suffixes
    hidden = path.name.startswith(".") or "__pycache__" in path.parts
    return not hidden and path.suffix not in (".py", ".pyc", ".md")


def _hash_files(paths: Iterable[Path], root: Path, cache: HashCache) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.relative_to(root).as_posix()}\0{_hash_file(path, cache)}\n".encode())
    return total.hexdigest()


def _hash_file(path: Path, cache: HashCache) -> str:
    found = path.stat()
    known = cache.get(str(path))
    if known and known[0] == found.st_size and known[1] == found.st_mtime_ns:
        return str(known[2])
    digest = hash_file(path)
    cache[str(path)] = [found.st_size, found.st_mtime_ns, digest]
    return digest


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, read in chunks, as hexadecimal digits. Raises ``OSError``."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
