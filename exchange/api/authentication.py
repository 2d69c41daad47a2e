import hashlib
import secrets

from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from exchange.models import ApiClient

TOKEN_PREFIX = "hocba_"  # noqa: S105 - lets a scanner of leaked secrets know whose it is
TOKEN_BYTES = 32


def make_token() -> str:
    return TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """A plain SHA-256 is enough: nobody guesses 32 random bytes, so there is nothing to slow."""
    return hashlib.sha256(token.encode()).hexdigest()


class ClientTokenAuthentication(TokenAuthentication):
    """`Authorization: Bearer <token>`; DRF reads the header, the client is ours."""

    keyword = "Bearer"

    def authenticate_credentials(self, key: str) -> tuple[ApiClient, None]:
        clients = ApiClient.objects.filter(revoked_at__isnull=True)
        client = clients.filter(token_digest=token_digest(key)).first()
        if client is None:
            raise AuthenticationFailed
        return client, None

    def authenticate_header(self, request: Request) -> str:
        return f'{self.keyword} realm="hocba"'
