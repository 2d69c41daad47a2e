from exchange.models.api import ApiClient, ApiRead
from exchange.models.imports import ImportBatch, ImportRow, Outcome

__all__ = ["ApiClient", "ApiRead", "ImportBatch", "ImportRow", "Outcome"]
