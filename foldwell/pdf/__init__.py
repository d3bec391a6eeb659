"""What PDF is made of, for press and check alike; it knows of neither."""
