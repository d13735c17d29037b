"""The preview's build process, as the tests drive it."""

from __future__ import annotations

import asyncio

import pytest

from notat.cli.preview.builder import Builder


class Driven:
    """A builder whose requests are plain calls, in one event loop."""

    def __init__(self, root):
        self.builder = Builder(root)
        self.run = asyncio.Runner().run

    @property
    def process(self):
        return self.builder._process

    def build(self, *formats):
        return self.run(self.builder.build(formats or ("html",)))

    def stopped(self, after, *formats):
        """Start a build and stop it after so many seconds; return whether it was running."""

        async def stopped():
            task = asyncio.create_task(self.builder.build(formats or ("html",)))
            await asyncio.sleep(after)
            under_way = task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            return under_way

        return self.run(stopped())


@pytest.fixture
def driven(note):
    """The builder of the small note."""
    made = Driven(note)
    yield made
    made.run(made.builder.close())
