"""`tutti seed`: a running stack as it looks after half a year of work."""
