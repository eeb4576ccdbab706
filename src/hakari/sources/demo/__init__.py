"""An invented company that sells, drawn from stated rates: for a first look, for tests, for speed."""
