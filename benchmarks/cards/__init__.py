"""The same listing card made four ways, and the photos that it is made of."""
