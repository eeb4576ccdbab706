"""The pages: server-rendered, one folder a page, every number a link to what it stands on.

`app.create_app` puts them together. Nothing here decides what a figure is; it only shows and links it.
"""
