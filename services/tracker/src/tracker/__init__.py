"""Pixel, redirect, reactions, tallies."""
