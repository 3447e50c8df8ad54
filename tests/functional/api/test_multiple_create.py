"""min_count and max_count."""

import pytest


@pytest.mark.parametrize("counts, text", [
    ({"min_count": ""}, "Invalid input received: min_count must be an integer"),
    ({"max_count": ""}, "Invalid input received: max_count must be an integer"),
    ({"min_count": "2", "max_count": 1}, "min_count must be <= max_count")])
def test_counts_that_are_none(client, counts, text):
    image = client.get("/images").json["images"][0]["id"]
    answer = client.post("/servers", {"server": {"name": "s", "imageRef": image, "flavorRef": "1", **counts}})
    assert (answer.status, answer.message) == (400, text)
