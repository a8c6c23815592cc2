"""Pages of 建议提案 and of the papers that answer them."""
