"""The unit that typesetting counts in, and how many of it a millimetre has (CSS Values 3, 6.2)."""

PX_PER_MM = 96 / 25.4
