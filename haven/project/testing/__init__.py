"""What tests stand on: databases cloned from a template, a served copy, a browser. Fixtures are in conftest.py."""
