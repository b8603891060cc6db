"""Orchestration only: order, parameters, run names, artifacts; and the command line."""
