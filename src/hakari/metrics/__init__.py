"""What the KPIs mean and how they are computed: definitions are files, SQL is planned from them."""
