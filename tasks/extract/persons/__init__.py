"""Persons in public roles: their names, their offices, and whom they speak for."""
