-- Every id ever minted, with where to look for one that is gone.
SELECT * FROM resolved.id_registry
