"""When it is made: the plan, the workers and the final write."""
