from rest_framework.throttling import UserRateThrottle


class ClientRateThrottle(UserRateThrottle):
    """Counted in each server process's own memory: with N workers a client gets up to N times it.

    Enough against a client that runs wild; it is no quota.
    """

    scope = "api_client"
    rate = "600/min"
