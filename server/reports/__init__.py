"""What the office prints: PDF by typst, from templates that lie beside their words."""
