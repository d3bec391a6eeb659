"""The rules of PDF/A-2a, a module each: a function ``breaches`` of an ``Archived`` file."""
