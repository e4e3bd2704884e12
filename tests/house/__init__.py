"""The habits of the house as tests; each rule is a function over text, and is shown to refuse a bad example."""
