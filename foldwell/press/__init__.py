"""Where it lands on paper: geometry, formats, imposition, finishing."""
