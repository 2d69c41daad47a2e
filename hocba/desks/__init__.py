"""Each role's first page: what is mine, what is due when, what is missing, what came back."""
