"""Reports as people and programs ask for them and read them."""
