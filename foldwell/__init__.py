"""Foldwell: Markdown and a clinic's facts in, printable patient leaflets out."""

__version__ = "0.1.0"
