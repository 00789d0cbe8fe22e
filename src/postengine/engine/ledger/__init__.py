"""Every write that commands, schedule and steps share: a change, a move, an attempt."""
