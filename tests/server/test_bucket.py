"""The bucket: a second's worth of commands at once, then as many as flow in."""

from server.bucket import LEAST, Bucket, Buckets


def test_a_second_of_commands_may_come_at_once_and_not_one_more():
    bucket = Bucket(5)
    assert [bucket.take(100.0) for _ in range(6)] == [True] * 5 + [False]


def test_it_fills_with_time_and_never_above_a_second():
    bucket = Bucket(4)
    assert all(bucket.take(100.0) for _ in range(4))
    assert not bucket.take(100.2)
    assert bucket.take(100.5)
    assert [bucket.take(200.0) for _ in range(5)] == [True] * 4 + [False]


def test_what_is_spent_on_credit_says_when_it_is_paid_back():
    bucket = Bucket(10, seconds=2)
    assert bucket.spend(100.0, 20) == 0
    assert bucket.spend(100.0, 5) == 0.5
    assert not bucket.take(100.5)
    assert bucket.take(100.65)


def test_each_key_has_a_bucket_of_its_own():
    buckets = Buckets(1)
    assert buckets.of("here", 100.0).take(100.0)
    assert not buckets.of("here", 100.0).take(100.0)
    assert buckets.of("there", 100.0).take(100.0)


def test_full_buckets_are_forgotten_and_others_are_not():
    buckets = Buckets(1)
    for number in range(LEAST):
        buckets.of(f"visitor {number}", 100.0).take(100.0)
    buckets.of("flood", 102.0).spend(102.0, 1_000)
    assert len(buckets) == 1
    for number in range(LEAST - 1):
        buckets.of(f"visitor {number}", 102.0).take(102.0)
    buckets.of("one more", 104.0)
    assert len(buckets) == 2
    assert not buckets.of("flood", 104.0).take(104.0)
