"""From a message (``.eml``) to its text: sender, recipients, date and subject as lines, then what was written.

Of the same words as plain text and as a web page the plain text is taken. Attachments are named, not read.
"""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from extract.ingest.html import Page, declared_encoding, extract_page

_HEAD = ("From", "To", "Cc", "Date", "Subject")


def read_mail(data: bytes) -> Page:
    """Text and hints of a message; empty text where it holds none. Malformed messages are never refused."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    head = [f"{name}: {value}" for name in _HEAD if (value := _header(message, name))]
    names = [name for part in message.iter_attachments() if (name := part.get_filename())]
    head += [f"Attachments: {', '.join(names)}"] if names else []
    body = _body(message)
    hints = {"title": _header(message, "Subject"), "date": _day(_header(message, "Date"))}
    text = "\n\n".join(part for part in ("\n".join(head), body) if part)
    return Page(text if body else "", {key: value for key, value in hints.items() if value})


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _day(written: str) -> str:
    try:
        return parsedate_to_datetime(written).date().isoformat()
    except ValueError:
        return ""


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    encoding = part.get_content_charset() or declared_encoding(data) or "utf-8"
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return extract_page(text).text if part.get_content_subtype() == "html" else text.strip("\n")
