"""What both engines need after rendering: the Word document mended, and a manifest of what was made of what."""
