"""The ground floor: mail, language, territories, health. Imports no other app."""
