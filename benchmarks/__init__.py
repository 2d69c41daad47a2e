"""The figures of docs/benchmarks.md. Each module is run by itself:

python -m benchmarks.grid                                      on SQLite
python -m tests.postgres python -m benchmarks.grid             on a PostgreSQL of its own
python -m benchmarks.grid --database-url postgres://…          on the PostgreSQL named
"""
