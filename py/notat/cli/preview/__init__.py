"""Live preview: an author saves a chapter and sees the page.

`watch` waits for saved files, `builder` has them built by a process of its own, `worker`, `state` knows what the pages
should show, and `server` serves the finished pages to the one who has the address.
"""
