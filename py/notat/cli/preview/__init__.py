"""Live preview: an author saves a chapter and sees the page.

`watch` waits for saved files, `builder` runs `worker`, the process that builds, `state` knows what the pages should
show, and `server` serves the finished pages to whoever has the address.
"""
