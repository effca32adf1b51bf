"""The explorer: pages that read a version, and the server that shows them."""

from pathlib import Path

STATIC = Path(__file__).resolve().parent / "static"
