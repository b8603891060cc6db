"""How good the pipeline is: its annotations against those of a careful reader, and what each rule is worth.

Belongs here: comparing, counting, intervals, calibration. Running the pipeline and printing do not.
"""
