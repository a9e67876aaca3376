"""How work is spread over processors, and how memory is handed back."""
