"""What a build costs beside its peers: `make bench`. docs/performance.md says what is measured, and has what came of it."""
