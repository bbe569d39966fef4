"""Compose, deliver, understand what comes back."""
