"""Which measures there are, what each means, which reading the company chose, and what it aims at."""
