"""The work: plain functions on text, frames and table references; this file imports nothing."""
