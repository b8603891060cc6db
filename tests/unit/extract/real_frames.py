"""The frames of the repository, read once for all test modules that need them when they are collected."""

from tasks.extract.frames.frames import load_frames
from warehouse.settings import Settings

FRAMES = load_frames(Settings().reference_dir / "frames")
