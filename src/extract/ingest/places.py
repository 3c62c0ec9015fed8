"""Places of files: local paths and fsspec URLs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]+://")


def is_url(place: str | Path) -> bool:
    """Whether a place is written as a URL (``s3://…``, ``memory://…``, ``file://…``)."""
    return bool(_URL.match(str(place)))


def remote_token(info: dict[str, Any]) -> str:
    """What changes when an object does: its entity tag, or the time that the store gives."""
    for key in ("ETag", "etag", "mtime", "LastModified", "last_modified", "created"):
        if info.get(key):
            return str(info[key])
    return ""
