"""Official figures brought into `data/`: files of any shape read by recipes, answers of SSB, and their archive."""
