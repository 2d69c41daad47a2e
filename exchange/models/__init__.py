from exchange.models.api import ApiClient, ApiRead
from exchange.models.class_sheets import EditFate, SheetEdit, SheetUpload
from exchange.models.imports import ImportBatch, ImportRow, Outcome

__all__ = [
    "ApiClient",
    "ApiRead",
    "EditFate",
    "ImportBatch",
    "ImportRow",
    "Outcome",
    "SheetEdit",
    "SheetUpload",
]
