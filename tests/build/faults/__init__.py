"""What the tests of builds that go wrong share: projects, a stub renderer, and real faults."""
