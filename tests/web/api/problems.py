"""Problem bodies, read."""


def problem(answer, status, code):
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert (answer.status_code, said["status"], said["code"]) == (status, status, code)
    return said
