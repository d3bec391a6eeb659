"""What is said, and by whom: files in, validated values out."""
