"""What can be asked of reactions, when an interval begins, and how counts become tables."""
