"""WHERE it lands on paper: imposition, marks, inks, finishing."""
