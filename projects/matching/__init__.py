"""Who fits which need: candidates, facts, scoring, and the rows that keep the result."""
