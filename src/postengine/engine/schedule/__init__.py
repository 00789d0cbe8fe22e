"""From what is due to messages on the queues."""
