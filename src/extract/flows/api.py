"""Which Prefect server is configured, found out as Prefect would and without importing it, and whether it answers."""

from __future__ import annotations

import os
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.errors import ExtractError

API_URL = "PREFECT_API_URL"
ANSWER_LIMIT_S = 10.0


class PrefectApiError(ExtractError):
    """The Prefect API that is configured cannot be reached."""

    def __init__(self, url: str, reason: object) -> None:
        super().__init__(
            f"the Prefect API at {url} does not answer ({reason}); start it (`prefect server start`),"
            f" or run without it: unset {API_URL}, or `prefect config unset {API_URL}`"
        )


def configured_api() -> str | None:
    """The address of the API that Prefect would use: of the environment, ``.env``, a TOML file here, or a profile."""
    return next((url for url in _places() if url), None)


def check_answers(url: str) -> None:
    """Raise ``PrefectApiError`` unless something speaks HTTP at the address; what it says is left to Prefect."""
    try:
        with urllib.request.urlopen(f"{url.rstrip('/')}/health", timeout=ANSWER_LIMIT_S):
            return
    except urllib.error.HTTPError:
        return
    except urllib.error.URLError as error:
        raise PrefectApiError(url, error.reason) from error
    except (OSError, ValueError) as error:
        raise PrefectApiError(url, error) from error


def _places() -> Iterator[str | None]:
    """In the order in which Prefect looks. An empty variable hides what comes after it, as it does for Prefect."""
    if API_URL in os.environ:
        yield os.environ[API_URL]
        return
    yield _dotenv().get(API_URL)
    yield _at(_toml(Path("prefect.toml")), "api", "url")
    yield _at(_toml(Path("pyproject.toml")), "tool", "prefect", "api", "url")
    profiles = _toml(_profiles())
    yield _at(profiles, "profiles", os.environ.get("PREFECT_PROFILE") or _at(profiles, "active") or "", API_URL)


def _profiles() -> Path:
    named = os.environ.get("PREFECT_PROFILES_PATH") or _dotenv().get("PREFECT_PROFILES_PATH")
    home = Path(os.environ.get("PREFECT_HOME") or Path("~/.prefect").expanduser())
    return Path(named) if named else home / "profiles.toml"


def _dotenv() -> dict[str, str | None]:
    from dotenv import dotenv_values

    return dotenv_values(".env") if Path(".env").is_file() else {}


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _at(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data
