"""Where records come from: one folder per source, none knows another, only bootstrap names them."""
