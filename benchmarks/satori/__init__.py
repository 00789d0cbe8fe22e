"""How near our pictures come to those that Satori draws from the same element trees."""
