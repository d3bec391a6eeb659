"""Whether it may go out: findings from text, HTML and finished PDF."""
