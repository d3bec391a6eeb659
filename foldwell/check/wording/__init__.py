"""The rules of words, a module a kind; ``table`` asks all of them."""
