"""Accompaniment: an actor asks the animators, or an expert actor of the network, for help."""
