from itertools import permutations

from tasks.resolve.grouping import group


def apart(*pairs):
    return lambda a, b: (min(a, b), max(a, b)) in pairs


def test_a_chain_does_not_join_what_is_judged_different():
    assert group(3, [(0.9, 0, 1), (0.8, 1, 2)], apart((0, 2))) == [[0, 1], [2]]


def test_the_stronger_pair_is_joined_first():
    assert group(3, [(0.7, 0, 1), (0.8, 1, 2)], apart((0, 2))) == [[0], [1, 2]]


def test_a_weak_candidate_joins_the_only_group_it_fits():
    assert group(2, [(0.8, 0, 1)], apart(), weak=[1]) == [[0, 1]]


def test_a_weak_candidate_that_fits_two_groups_joins_none():
    assert group(3, [(0.8, 0, 2), (0.9, 1, 2)], apart((0, 1)), weak=[2]) == [[0], [1], [2]]


def test_weak_candidates_keep_together_when_they_join():
    assert group(3, [(0.8, 0, 1), (0.8, 1, 2)], apart(), weak=[1, 2]) == [[0, 1, 2]]


def test_the_order_of_the_pairs_does_not_matter():
    pairs = [(0.9, 0, 1), (0.8, 1, 2), (0.7, 2, 3), (0.6, 0, 3)]
    results = {str(group(4, order, apart((0, 2)))) for order in permutations(pairs)}
    assert len(results) == 1
