"""Passcodes: what is kept of one, and secrets locked so that it gives them back.

Of a code only the public half of a pair of keys (X25519) is kept. The private half is worked out from the code by
scrypt each time it is typed. So a secret can be locked for a code that nobody types just now, by HPKE (RFC 9180). A
code is as strong as it is long: whoever has the file may try all the short ones.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

#: What a guess costs: scrypt's n is two to the power of this; 100 ms and 32 MB on a small machine. More would be felt
#: where a code is typed, which is tried on every lock; and a code of four digits falls to any cost.
COST = 15
#: "KIND$COST$SALT$KEPT". Kind scrypt is a mere hash, as games begun before saves were sealed have it.
KEPT = re.compile(r"(?:x25519|scrypt)\$(?:[1-9]|1[0-7])\$[0-9a-f]{32}\$[0-9a-f]{64}")


def code_of(code: str, salt: str = "", cost: int = 0) -> str:
    """What is kept of a code, "x25519$COST$SALT$PUBLIC"; "" for no code. What is typed alike on two keyboards is the
    same code (NFKC)."""
    if not code:
        return ""
    salt, cost = salt or secrets.token_hex(16), cost or COST
    return f"x25519${cost}${salt}${_private(code, salt, cost).public_key().public_bytes_raw().hex()}"


def opens(kept: str, code: str) -> bool:
    """Whether `code` is the one that `kept` was made of; where nothing is kept no code is asked for."""
    if not kept or not code:
        return not kept
    kind, cost, salt, rest = kept.split("$")
    if kind == "scrypt":
        return hmac.compare_digest(rest, _stretched(code, salt, int(cost)).hex())
    return hmac.compare_digest(kept, code_of(code, salt, int(cost)))


def can_lock(kept: str) -> bool:
    """Whether a secret can be locked for the code that this was kept of."""
    return kept.startswith("x25519$")


def locked(secret: bytes, kept: str, about: bytes) -> str:
    """`secret` for whoever has the code of `kept`. `about` must be given again to unlock it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    public = X25519PublicKey.from_public_bytes(bytes.fromhex(kept.split("$")[3]))
    return base64.b64encode(_suite().encrypt(secret, public, info=about)).decode()


def unlocked(box: str, kept: str, code: str, about: bytes) -> bytes | None:
    """The secret in a box; None if it was not locked for this code, or not about this."""
    from cryptography.exceptions import InvalidTag

    _, cost, salt, _ = kept.split("$")
    try:
        return _suite().decrypt(base64.b64decode(box, validate=True), _private(code, salt, int(cost)), info=about)
    except (InvalidTag, binascii.Error, ValueError):
        return None


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _private(code: str, salt: str, cost: int) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(_stretched(code, salt, cost))


def _stretched(code: str, salt: str, cost: int) -> bytes:
    plain = unicodedata.normalize("NFKC", code).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(plain, salt=bytes.fromhex(salt), n=2**cost, r=8, p=1, maxmem=2**28, dklen=32)
