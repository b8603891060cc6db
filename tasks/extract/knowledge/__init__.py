"""The knowledge of the stage: the tables of `seeds/reference`, read strictly and made ready for the passes."""
