"""What the screens are made of: lists, passages, texts and strips that draw only the lines that are seen."""
