"""WHAT paper is: formats and their folds, where panels stand on sheets, printing conditions."""
