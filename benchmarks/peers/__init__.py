"""Other engines, asked the same: each adapter reads plain data and needs nothing of Hakari."""
