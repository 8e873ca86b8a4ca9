"""Collections ("parcours"): resources that animators put in an order, with a word on each."""
