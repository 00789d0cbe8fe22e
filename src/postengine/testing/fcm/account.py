"""A service account of the fake: its key, and the check of the assertions signed with it."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

_SCOPES = {f"https://www.googleapis.com/auth/{name}" for name in ("firebase.messaging", "cloud-platform")}


class AssertionRefused(Exception):
    """A grant whose assertion the real token server would refuse; the text is its error_description."""


class FakeServiceAccount:
    """One account with a key pair made for this run.

    Args:
        project_id: The Firebase project that it belongs to.
    """

    def __init__(self, project_id: str) -> None:
        self.project_id = project_id
        self.email = f"firebase-adminsdk@{project_id}.iam.gserviceaccount.com"
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def key_file(self, token_uri: str) -> dict[str, str]:
        """Return the JSON of a key file, as the Firebase console gives it."""
        pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": self.project_id,
            "private_key_id": "fake-key-1",
            "private_key": pem.decode(),
            "client_email": self.email,
            "client_id": "100000000000000000000",
            "token_uri": token_uri,
            "universe_domain": "googleapis.com",
        }

    def check_assertion(self, assertion: str) -> None:
        """Check issuer, scope and signature of a JWT.

        Raises:
            AssertionRefused: One of them is wrong.

        Source: RFC 7523, section 3; RFC 7518, section 3.3.
        """
        head, _, signature = assertion.rpartition(".")
        try:
            claims: dict[str, Any] = json.loads(_decode(head.partition(".")[2]))
            self._key.public_key().verify(
                _decode(signature), head.encode(), padding.PKCS1v15(), hashes.SHA256()
            )
        except (ValueError, binascii.Error, InvalidSignature):
            raise AssertionRefused("Invalid JWT Signature.") from None
        if claims.get("iss") != self.email:
            raise AssertionRefused("Invalid grant: account not found")
        if not _SCOPES & set(cast("str", claims.get("scope", "")).split()):
            raise AssertionRefused("Invalid OAuth scope or ID token audience provided.")


def _decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
