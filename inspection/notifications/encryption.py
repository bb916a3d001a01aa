"""What only the phone can read: RFC 8291 (Web Push) over RFC 8188 (aes128gcm), one record."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD_SIZE = 4096
MOST_BYTES = 3993
"""Of a message: what every push service takes, less header, tag and end mark."""

_LAST_RECORD = b"\x02"


class MessageTooLong(ValueError):
    """More than a push service takes."""


def sealed(
    message: bytes,
    p256dh: bytes,
    auth: bytes,
    *,
    own: ec.EllipticCurvePrivateKey,
    salt: bytes,
) -> bytes:
    """The body to send. `own` and `salt` (16 bytes) serve one message only. Raises MessageTooLong,
    or ValueError when `p256dh` is no point of the curve.
    """
    if len(message) > MOST_BYTES:
        raise MessageTooLong
    phone = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    ours = point_of(own)
    secret = own.exchange(ec.ECDH(), phone)
    shared = _derived(secret, auth, b"WebPush: info\x00" + p256dh + ours, 32)
    key = _derived(shared, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(shared, salt, b"Content-Encoding: nonce\x00", 12)
    record = AESGCM(key).encrypt(nonce, message + _LAST_RECORD, None)
    return salt + RECORD_SIZE.to_bytes(4) + bytes([len(ours)]) + ours + record


def new_key() -> ec.EllipticCurvePrivateKey:
    """A key for one message."""
    return ec.generate_private_key(ec.SECP256R1())


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half as 65 bytes."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
