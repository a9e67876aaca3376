"""How much a scan finds: copies of the user's own text are planted in a copy of the corpus and looked for."""
