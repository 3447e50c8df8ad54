"""Console scripts, one module each; what several of them need has a module of its own."""
