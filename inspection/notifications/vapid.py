"""Who sends: the signed line push services ask for (RFC 8292, a JWT by ES256)."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from inspection.domain.messages.push import encoded
from inspection.notifications.encryption import point_of

HEADER: dict[str, object] = {"typ": "JWT", "alg": "ES256"}

LASTS = timedelta(hours=12)
"""Half of what push services accept, for clocks that differ."""


def public_key(secret: bytes) -> str:
    """What phones subscribe with: the public half, base64url."""
    return encoded(point_of(_key(secret)))


def authorization(secret: bytes, endpoint: str, contact: str, now: datetime) -> str:
    """The header for one push service. `contact` is an https or mailto address, or empty."""
    parts = urlsplit(endpoint)
    claims: dict[str, object] = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + LASTS).timestamp()),
    }
    if contact:
        claims["sub"] = contact
    key = _key(secret)
    said = f"{_json(HEADER)}.{_json(claims)}"
    r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(SHA256())))
    signature = encoded(r.to_bytes(32) + s.to_bytes(32))
    return f"vapid t={said}.{signature}, k={encoded(point_of(key))}"


def _key(secret: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(secret), ec.SECP256R1())


def _json(said: dict[str, object]) -> str:
    return encoded(msgspec.json.encode(said))
