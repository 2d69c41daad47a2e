"""When Python looks for garbage: seldom, and never at what stays."""

import gc

# A block of cells makes some 100,000 objects that go again with the request. With Python's own
# thresholds every twentieth block waited for a collection of all that Django has loaded: 190 ms
# instead of 75 (docs/benchmarks.md, Saving cells).
NEW_OBJECTS = 10_000
YOUNGER_COLLECTIONS = 20
MIDDLE_COLLECTIONS = 100


def collect_seldom() -> None:
    """To be called once all modules are loaded: what is there now is looked at no more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNGER_COLLECTIONS, MIDDLE_COLLECTIONS)
