from hypothesis import settings

pytest_plugins = ["tests.cast", "tests.flush", "tests.rivals"]

# Both workers share two cores with a database: how long one example takes says nothing.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")
