"""What is written down about a request."""

import json
import logging


async def test_the_log_names_the_route_and_never_the_address(visitor, caplog):
    with caplog.at_level(logging.INFO, logger="inspection.access"):
        await visitor.get("/api/visits/secret-id?token=secret")
        await visitor.get("/secret")
        await visitor.get("/static/css/tokens.css")
    lines = [json.loads(record.message) for record in caplog.records]
    routes = [(line["method"], line["route"], line["status"]) for line in lines]
    assert routes == [
        ("GET", "/api/visits/{id}", 401),
        ("GET", "unknown", 404),
        ("GET", "files", 200),
    ]
    assert lines[0]["ms"] >= 0
    assert "secret" not in caplog.text
