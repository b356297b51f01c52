"""Deficiencies followed through time: stored chains, brought up to date whenever findings change."""
