"""Programs that measure: ratios taken side by side in one run, a line of JSON last."""
