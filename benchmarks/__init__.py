"""Benchmarks of Foldwell: everything is measured in one run and told as ratios."""
