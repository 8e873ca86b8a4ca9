"""Settings: base (shared), local (demo and daily work), test, production."""
