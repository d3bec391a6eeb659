"""The rules of finished PDFs, a module a rule or a few of one kind.

Each has a function ``on_file`` or ``on_page``, and ``preflight`` finds it by its being here.
"""
