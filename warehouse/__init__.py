"""What the tables are and where they live: settings, errors, contracts, ids, storage, ledger, publication.

Nothing here knows how a fact is found; nothing here imports a stage, Prefect or Great Expectations.
"""
