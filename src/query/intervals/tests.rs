use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn list(pairs: &[(u32, u32)]) -> Vec<Interval> {
    pairs.iter().map(|&(start, end)| Interval { start, end }).collect()
}

fn shown(list: &[Interval]) -> Vec<(u32, u32)> {
    list.iter().map(|i| (i.start, i.end)).collect()
}

/// Every way to take one of each list, without overlaps: the spans with at most `gaps` words between.
fn every_by_hand(lists: &[Vec<Interval>], distance: u32, ordered: bool) -> Vec<(u32, u32)> {
    let mut picks: Vec<Vec<Interval>> = vec![Vec::new()];
    for list in lists {
        picks = picks.iter().flat_map(|p| list.iter().map(move |i| p.iter().copied().chain([*i]).collect())).collect();
    }
    let mut found = BTreeSet::new();
    for mut pick in picks {
        if !ordered {
            pick.sort();
        }
        if !pick.windows(2).all(|two| two[0].end <= two[1].start) {
            continue;
        }
        let gaps: u32 = pick.windows(2).map(|two| two[1].start - two[0].end).sum();
        if gaps < distance {
            found.insert((pick[0].start, pick[pick.len() - 1].end));
        }
    }
    found.into_iter().collect()
}

/// The same, minimal ones.
fn by_hand(lists: &[Vec<Interval>], distance: u32, ordered: bool) -> Vec<(u32, u32)> {
    by_hand_minimal(list(&every_by_hand(lists, distance, ordered)))
}

/// Every way to take one of each list inside one unit.
fn units_by_hand(lists: &[Vec<Interval>], starts: &[u32]) -> BTreeSet<(u32, u32)> {
    let mut picks: Vec<Option<Interval>> = vec![None];
    for list in lists {
        let grown = |p: &Option<Interval>, i: &Interval| match p {
            None => *i,
            Some(p) => Interval { start: p.start.min(i.start), end: p.end.max(i.end) },
        };
        picks = picks.iter().flat_map(|p| list.iter().map(move |i| Some(grown(p, i)))).collect();
    }
    let unit = |p: u32| starts.iter().filter(|s| **s <= p).count();
    picks.into_iter().flatten().filter(|i| unit(i.start) == unit(i.end - 1)).map(|i| (i.start, i.end)).collect()
}

fn by_hand_minimal(mut found: Vec<Interval>) -> Vec<(u32, u32)> {
    found.sort();
    found.dedup();
    let inside = |a: &Interval, b: &Interval| a != b && a.start <= b.start && b.end <= a.end;
    found.iter().filter(|a| !found.iter().any(|b| inside(a, b))).map(|i| (i.start, i.end)).collect()
}

fn words(most: usize) -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::btree_set(0u32..20, 0..most)
        .prop_map(|set| set.into_iter().map(|start| Interval::new(start, 1)).collect())
}

fn intervals(most: usize) -> impl Strategy<Value = Vec<Interval>> {
    prop::collection::btree_set((0u32..24, 1u32..4), 0..most)
        .prop_map(|set| set.into_iter().map(|(start, length)| Interval::new(start, length)).collect())
}

proptest! {
    #[test]
    fn distances_agree_with_every_combination(
        lists in prop_oneof![prop::collection::vec(intervals(5), 2..5), prop::collection::vec(words(6), 2..5)], distance in 1u32..8, ordered: bool,
    ) {
        let (mut scratch, mut out) = (Scratch::new(), Vec::new());
        near(&lists, distance, ordered, &mut scratch, &mut out);
        let got = shown(&out);
        let expected = by_hand(&lists, distance, ordered);
        prop_assert_eq!(got.is_empty(), expected.is_empty());
        let words = lists.iter().flatten().all(|i| i.width() == 1);
        if lists.len() == 2 || words {
            prop_assert_eq!(got, expected);
        } else {
            prop_assert!(got.iter().all(|g| expected.iter().any(|e| g.0 <= e.0 && e.1 <= g.1)));
        }
    }

    #[test]
    fn operands_offer_every_combination(
        lists in prop_oneof![prop::collection::vec(intervals(5), 2..5), prop::collection::vec(words(6), 2..5)], distance in 1u32..8, ordered: bool,
        starts in prop::collection::btree_set(0u32..24, 0..6),
    ) {
        let starts: Vec<u32> = starts.into_iter().collect();
        let mut out = Vec::new();
        every::distances(&lists, distance - 1, ordered, &mut out).unwrap();
        prop_assert_eq!(shown(&out), every_by_hand(&lists, distance, ordered));
        every::units(&lists, &starts, &mut out).unwrap();
        prop_assert_eq!(shown(&out), units_by_hand(&lists, &starts).into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn sequences_agree_with_every_pair(a in intervals(8), b in intervals(8)) {
        let mut out = Vec::new();
        follow(&a, &b, &mut out);
        let mut expected: Vec<(u32, u32)> = a.iter().flat_map(|x| b.iter().filter(|y| y.start == x.end).map(|y| (x.start, y.end))).collect();
        expected.sort();
        expected.dedup();
        prop_assert_eq!(shown(&out), expected);
    }

    #[test]
    fn units_agree_with_every_combination(
        lists in prop::collection::vec(intervals(6), 2..4), starts in prop::collection::btree_set(0u32..24, 0..6),
    ) {
        let starts: Vec<u32> = starts.into_iter().collect();
        let (mut scratch, mut out) = (Scratch::new(), Vec::new());
        within(&lists, &starts, &mut scratch, &mut out);
        let found = list(&units_by_hand(&lists, &starts).into_iter().collect::<Vec<_>>());
        prop_assert_eq!(shown(&out), by_hand_minimal(found));
    }

    #[test]
    fn minimal_keeps_what_holds_no_other(mut found in intervals(12)) {
        let expected = by_hand_minimal(found.clone());
        minimal(&mut found);
        prop_assert_eq!(shown(&found), expected);
    }
}

#[test]
fn trees_of_spans() {
    let leaves = [list(&[(0, 1), (5, 6)]), list(&[(1, 2), (9, 10)]), list(&[(0, 2), (6, 8)]), list(&[(2, 3)])];
    let borders = Borders { sentences: &[0, 5], blocks: &[0, 9] };
    let check = |spans: Spans, expected: &[(u32, u32)]| {
        let (mut scratch, mut out) = (Scratch::new(), list(&[(7, 9)]));
        evaluate(&spans, &leaves, Wanted::Least, borders, &mut scratch, &mut out);
        assert_eq!(shown(&out), expected, "{spans:?}");
    };
    let leaf = Spans::Leaf;
    let compound = || Spans::Any(vec![Spans::Seq(vec![leaf(0), leaf(1)]), leaf(2)]);
    check(leaf(9), &[]);
    check(compound(), &[(0, 2), (6, 8)]);
    check(Spans::Seq(vec![compound(), leaf(3)]), &[(0, 3)]);
    check(Spans::Seq(vec![leaf(3), leaf(3)]), &[]);
    check(Spans::Near { items: vec![leaf(0), leaf(1)], distance: 4, ordered: false }, &[(0, 2), (1, 6), (5, 10)]);
    check(Spans::Near { items: vec![leaf(0), leaf(1)], distance: 3, ordered: true }, &[(0, 2)]);
    let gap = |words| Spans::Seq(vec![leaf(0), Spans::Gap(words), leaf(3)]);
    check(gap(1), &[(0, 3)]);
    check(gap(2), &[]);
    // Positions 8 and 9 are the border of a block and its first word.
    check(Spans::Seq(vec![leaf(0), Spans::Gap(3), leaf(1)]), &[]);
    check(Spans::Within { unit: Unit::Sentence, items: vec![leaf(0), leaf(1)] }, &[(0, 2), (5, 10)]);
    check(Spans::Within { unit: Unit::Paragraph, items: vec![leaf(0), leaf(1)] }, &[(0, 2), (1, 6)]);
}

#[test]
fn many_operands_in_any_order() {
    let lists: Vec<Vec<Interval>> = (0..9).rev().map(|at| list(&[(at, at + 1), (at + 40, at + 41)])).collect();
    let (mut scratch, mut out) = (Scratch::new(), Vec::new());
    near(&lists, 1, false, &mut scratch, &mut out);
    assert_eq!(shown(&out), [(0, 9), (40, 49)]);
    // Words that were typed twice.
    let twice: Vec<Vec<Interval>> = (0..8u32)
        .map(|at| list(&[(at / 2, at / 2 + 1), (20 + at / 2, 21 + at / 2), (4 + at / 2, 5 + at / 2)]))
        .collect();
    let twice: Vec<Vec<Interval>> = twice
        .into_iter()
        .map(|mut list| {
            list.sort();
            list
        })
        .collect();
    near(&twice, 1, false, &mut scratch, &mut out);
    assert_eq!(shown(&out), [(0, 8)]);
}

#[test]
fn too_many_spans_are_said() {
    let words = |from: u32| (0..1500).map(|at| Interval::new(from + 2 * at, 1)).collect::<Vec<_>>();
    let inner = Spans::Near { items: vec![Spans::Leaf(0), Spans::Leaf(1)], distance: 10_000, ordered: true };
    let spans = Spans::Near { items: vec![inner, Spans::Leaf(2)], distance: 1, ordered: true };
    let leaves = [words(0), words(1), vec![Interval::new(3000, 1)]];
    let (mut scratch, mut out) = (Scratch::new(), Vec::new());
    evaluate(&spans, &leaves, Wanted::Least, Borders::default(), &mut scratch, &mut out);
    assert_eq!(shown(&out), [(2998, 3001)]);
    assert!(scratch.was_cut() && !scratch.was_cut());
}

#[test]
fn what_lies_in_another_counts_once() {
    assert_eq!(outermost(&list(&[])), 0);
    assert_eq!(outermost(&list(&[(0, 1), (0, 2), (1, 2), (2, 3), (5, 6)])), 3);
    // Those that only overlap are two.
    assert_eq!(outermost(&list(&[(0, 2), (1, 3), (2, 3)])), 2);
}
