"""Stamping: pages that were laid out for one clinic, with only what is another's laid out anew."""
