"""Content with bold text, links, mentions, headings and lists, to the HTML that Postiz keeps and back."""
