"""The county's server: Flask over SQLite or PostgreSQL. Start with README.md beside this file."""
