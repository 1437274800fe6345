"""Short-lived signed sessions of the embed page, bound to an event and the site that shows it; kept in memory there."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from itsdangerous import BadSignature, URLSafeTimedSerializer

from .errors import WebError

_SALT = "roundtable.session.1"


class Sessions:
    """Issues and checks sessions; any worker with the same key accepts them."""

    def __init__(self, key: str, minutes: int) -> None:
        self._signer = URLSafeTimedSerializer(key, salt=_SALT)
        self._seconds = minutes * 60

    def issue(self, event: str, origin: str) -> str:
        """A new session for a page of ``origin`` ('' is this server's own page)."""
        return self._signer.dumps([event, origin, secrets.token_hex(4)])

    def check(self, token: str, event: str) -> str:
        """The origin a session belongs to; an expired one is refused with a code the page renews on."""
        try:
            found = self._signer.loads(token, max_age=self._seconds)
        except BadSignature as error:
            raise WebError(401, "session_expired", "The session has expired; get a new one.") from error
        if not (isinstance(found, list) and len(found) == 3 and found[0] == event):
            raise WebError(401, "session_expired", "The session belongs to another event; get a new one.")
        return str(found[1])


def signing_key(given: str | None, state: Path) -> str:
    """The key given, or the one in the state folder, made on the first start and shared by all workers."""
    if given:
        return given
    path = state / "key"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        fresh = state / f"key.{secrets.token_hex(4)}"
        fresh.touch(0o600)
        fresh.write_text(secrets.token_hex(32), "ascii")
        with suppress(FileExistsError):  # another process was first: its key is the key
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text("ascii")
