"""Keys and passwords in the addresses and headers of a source: for administrators, and nobody else."""

import re
from dataclasses import replace
from typing import Any

from signals.sources.spec import Spec

HIDDEN = "•••"
# The last word of a parameter's or header's name: api_key, accessToken, X-Auth.
SECRET = {
    "auth", "authorization", "cookie", "credential", "credentials", "passwd", "password", "pwd", "secret", "session", "sessionid",
    "sid", "sig", "sign", "signature", "token", "apikey", "appkey", "accesskey", "secretkey", "appsecret", "accesstoken",
}  # fmt: skip
_PARAMETER = re.compile(r"(?P<name>[\w.\-\[\]%]+)=(?P<value>[^&#;\s\"'<>]+)")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_RANDOM = re.compile(r"(?=.*\d)[\w\-]{12,}")


def secret(name: str, value: str) -> bool:
    """Is this a key or password? A plain ``key`` is one when its value looks drawn by chance: it may be a search word."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words:
        return False
    return words[-1] in SECRET or (words[-1] in {"key", "code", "id"} and len(words) > 1 and words[-2] in {"api", "app", "access", "auth", "secret", "client"}) or (
        words[-1] == "key" and _RANDOM.fullmatch(value) is not None
    )  # fmt: skip


def hidden(text: str) -> str:
    """A text with the secrets in its addresses left out."""
    return _PARAMETER.sub(
        lambda found: f"{found['name']}={HIDDEN}" if secret(found["name"], found["value"]) else found[0], text
    )


def public(spec: Spec) -> Spec:
    """The definition as anybody may have it."""
    return replace(
        spec,
        **{
            name: _hidden(getattr(spec, name))
            for name in ("homepage", "urls", "headers", "form", "variants", "lookup", "mapping", "paging", "notes")
        },
    )


def _hidden(value: Any) -> Any:
    if isinstance(value, str):
        return hidden(value)
    if isinstance(value, list):
        return [_hidden(one) for one in value]
    if isinstance(value, dict):
        return {
            name: HIDDEN if isinstance(one, str) and secret(str(name), one) else _hidden(one)
            for name, one in value.items()
        }
    return value
