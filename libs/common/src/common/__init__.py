"""What two services must agree on, and the plumbing every service needs."""
