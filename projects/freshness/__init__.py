"""Freshness is a contract: people confirm what they said, or it ranks lower and says so."""
