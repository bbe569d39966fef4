"""What two services must agree on, byte for byte: facts, problems, tokens, digests."""
