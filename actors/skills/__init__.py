"""The taxonomy of skills, and finding its skills in free text."""
