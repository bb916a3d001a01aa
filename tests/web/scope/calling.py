"""Calling a route about a thing in a place."""

import re

PLACE = re.compile(r"\{([a-z_0-9]+)(?::[a-z]+)?\}")


def called(route):
    return f"{route.method} {route.path}"


def address(route, parameters):
    return PLACE.sub(lambda found: parameters[found[1]], route.path)
