"""What the data of the municipal profiles cannot say: alike for every municipality."""
