"""The studio: a page on this machine on which people edit, look at and print what a project holds.

Like the command line it is a face on ``Project``, plans and events, with no build logic of its own.
"""
