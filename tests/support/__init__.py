"""What the tests stand on: databases, pages, live servers, a browser and the fake vendor."""
