"""The two stores: the truth, which is never thrown away, and the projection, which always may be."""
