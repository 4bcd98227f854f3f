"""A tracker that always answers 500: broken.py PORT LOG, which gets a line per request."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Broken(BaseHTTPRequestHandler):
    def do_POST(self):
        with open(sys.argv[2], "a") as log:
            print(self.path, file=log)
        self.send_error(500, "the database is away")

    do_GET = do_POST


HTTPServer(("127.0.0.1", int(sys.argv[1])), Broken).serve_forever()
