"""How it looks: values to HTML to panel pages; the only room that imports WeasyPrint."""
