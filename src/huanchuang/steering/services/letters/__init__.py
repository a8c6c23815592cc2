"""Writing what happens to 建议提案 and to the papers that answer them. One verb per function, one transaction each."""
