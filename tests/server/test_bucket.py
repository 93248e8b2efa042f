"""The bucket: a second's worth of commands at once, then as many as flow in."""

from server.bucket import Bucket


def test_a_second_of_commands_may_come_at_once_and_not_one_more():
    bucket = Bucket(5)
    assert [bucket.take(100.0) for _ in range(6)] == [True] * 5 + [False]


def test_it_fills_with_time_and_never_above_a_second():
    bucket = Bucket(4)
    assert all(bucket.take(100.0) for _ in range(4))
    assert not bucket.take(100.2)
    assert bucket.take(100.5)
    assert [bucket.take(200.0) for _ in range(5)] == [True] * 4 + [False]
