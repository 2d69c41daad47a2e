from exchange.models.api import ApiClient, ApiRead

__all__ = ["ApiClient", "ApiRead"]
