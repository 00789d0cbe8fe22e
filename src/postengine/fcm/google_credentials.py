"""Where google-auth finds credentials: a service account's key, the machine's own, a firebase_admin app."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, Self, cast

import google.auth
from google.auth import exceptions
from google.oauth2 import service_account

from .errors import CredentialsInvalid
from .google_token import SCOPE, GoogleAuthCredentials, GoogleToken


class ServiceAccount(GoogleToken):
    """A service account's key; tokens come from the `token_uri` that stands in it.

    Args:
        info: The key file's JSON.

    Raises:
        CredentialsInvalid: A field is missing, or the private key cannot be read.
    """

    def __init__(self, info: Mapping[str, str]) -> None:
        # google-auth carries no types here.
        maker: Any = service_account
        try:
            source = maker.Credentials.from_service_account_info(dict(info), scopes=[SCOPE])
        except (ValueError, exceptions.GoogleAuthError):
            # The cause may quote the key.
            raise CredentialsInvalid(
                "expected the JSON key of a service account, got something else"
            ) from None
        super().__init__(source, project_id=info.get("project_id"))

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Read the key file at `path`.

        Raises:
            CredentialsInvalid: It is not there, or is not a service account's key.
        """
        try:
            info = json.loads(path.read_bytes())
        except (OSError, ValueError):
            raise CredentialsInvalid(
                f"expected a service account's key file at {path}, cannot read one"
            ) from None
        if not isinstance(info, dict):
            raise CredentialsInvalid(f"expected a JSON object in {path}")
        return cls(cast("dict[str, str]", info))


class ApplicationDefault(GoogleToken):
    """What this machine is set up with: a file named by `GOOGLE_APPLICATION_CREDENTIALS`, or Google's cloud.

    Raises:
        CredentialsInvalid: There is nothing of the kind.

    Source: cloud.google.com, How Application Default Credentials works, read November 2026.
    """

    def __init__(self) -> None:
        finder: Any = google.auth
        try:
            source, project_id = finder.default(scopes=[SCOPE])
        except exceptions.GoogleAuthError:
            # The cause may quote the file.
            raise CredentialsInvalid(
                "this machine has no default credentials; set GOOGLE_APPLICATION_CREDENTIALS to a key file"
            ) from None
        super().__init__(source, project_id=project_id)


class FirebaseCredential(Protocol):
    """What is used of a `firebase_admin.credentials.Base`."""

    def get_credential(self) -> GoogleAuthCredentials:
        """Return google-auth's object behind it."""
        ...


class FirebaseApp(Protocol):
    """What is used of a `firebase_admin.App`."""

    @property
    def project_id(self) -> str | None:
        """The Firebase project's id."""
        ...

    @property
    def credential(self) -> FirebaseCredential:
        """With what it was started."""
        ...


def token_of_app(app: FirebaseApp) -> GoogleToken:
    """Return the tokens of the credentials with which a firebase_admin app was started.

    Raises:
        CredentialsInvalid: The app does not know its project.
    """
    if not app.project_id:
        raise CredentialsInvalid("the firebase_admin app has no project id; give options={'projectId': …}")
    return GoogleToken(app.credential.get_credential(), project_id=app.project_id)
