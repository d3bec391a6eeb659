"""What people have already, made leaflets: word processors' files, web pages, Markdown, text."""
