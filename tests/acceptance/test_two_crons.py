"""Two schedulers on one store: each piece of work is claimed once."""

from __future__ import annotations

from collections import Counter

from tests.acceptance.conftest import Install


def test_a_second_cron_doubles_nothing_and_goes_on_alone(install: Install, valkey_url: str) -> None:
    installation = install(redis_url=valkey_url).start()
    agency = installation.agency()
    second = installation.run("-m", "reference_app.cron")
    installation.at_end(lambda: second.wait(60))
    installation.at_end(second.terminate)

    channels = ("facebook", "linkedin", "instagram")
    posts = [agency.plan(f"Both {number}", due_in_s=11, channels=channels) for number in range(4)]
    for post in posts:
        installation.wait_for_state(post, "published", within_s=90)
    installation.freeze("cron")
    posts.append(agency.plan("The second one alone", due_in_s=3))
    installation.wait_for_state(posts[-1], "published")

    installation.wait_until_quiet()
    installation.assert_each_sent_once(*posts)
    assert second.poll() is None
    for post in posts:
        for index in range(len(post["deliveries"])):
            attempts = installation.delivery(post, index)["attempts"]
            verbs = Counter(one["verb"] for one in attempts if one["outcome"] == "done")
            assert verbs["create"] == verbs["promote"] == 1
