"""What the municipal profiles compute, draw and promise, alike for every municipality."""
