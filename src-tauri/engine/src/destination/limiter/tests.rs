//! The limiter over random arrivals, restarts and replies.

use proptest::prelude::*;

use super::*;

/// The most stamps in any closed span.
fn most(stamps: &[i64]) -> usize {
    let mut sorted = stamps.to_vec();
    sorted.sort_unstable();
    (0..sorted.len())
        .map(|first| sorted[first..].iter().take_while(|&&stamp| stamp - sorted[first] <= SPAN_MS).count())
        .max()
        .unwrap_or(0)
}

/// Sends as fast as allowed until `end`.
fn send_all(window: &mut Window, from: i64, end: i64) -> Vec<i64> {
    let (mut now, mut sent) = (from, Vec::new());
    while now < end {
        match window.admit(now) {
            Admit::Now => sent.push(now),
            Admit::At(later) => {
                assert!(later > now);
                now = later;
            }
        }
    }
    sent
}

#[test]
fn no_limit_is_no_limit() {
    let mut window = Window::new(0);
    assert!((0..10_000).all(|_| window.admit(5) == Admit::Now));
    window.pause_until(9);
    assert_eq!(window.admit(5), Admit::At(9));
}

#[test]
fn halving_lasts_as_long_as_said_and_leaves_one() {
    let mut window = Window::new(4);
    window.halve(10_000);
    let sent = send_all(&mut window, 0, 9_000);
    assert_eq!(most(&sent), 2);
    let sent = send_all(&mut window, 10_000, 30_000);
    assert_eq!(most(&sent), 4);
    let mut one = Window::new(1);
    one.halve(60_000);
    assert_eq!(one.admit(0), Admit::Now);
    assert_eq!(one.admit(0), Admit::At(SPAN_MS + 1));
}

#[test]
fn sends_of_others_count_longer() {
    let mut window = Window::new(1);
    window.foreign(0);
    assert_eq!(window.admit(1), Admit::At(SPAN_MS + 1 + FOREIGN_MS));
    let mut window = Window::new(1);
    window.own(0);
    assert_eq!(window.admit(1), Admit::At(SPAN_MS + 1));
}

#[test]
fn another_boot_waits_out_a_span() {
    let mut window = Window::new(5);
    window.other_boot(7);
    assert_eq!(window.admit(7), Admit::At(7 + SPAN_MS + 1 + FOREIGN_MS));
    assert_eq!(window.paused_until(7), Some(7 + SPAN_MS + 1 + FOREIGN_MS));
}

#[test]
fn a_late_arrival_moves_its_stamp_by_a_fifth_of_a_second_at_most() {
    let check = |later_by, wanted| {
        let mut window = Window::new(1);
        assert_eq!(window.admit(0), Admit::Now);
        window.shift(0, later_by);
        assert_eq!(window.admit(300), Admit::At(wanted), "{later_by}");
    };
    check(-50, SPAN_MS + 1);
    check(0, SPAN_MS + 1);
    check(90, SPAN_MS + 1 + 90);
    check(5_000, SPAN_MS + 1 + SHIFT_MS);
}

#[test]
fn a_clock_set_back_neither_bursts_nor_waits_for_years() {
    let mut window = Window::new(3);
    let year = 365 * 24 * 3_600 * 1_000;
    assert_eq!(send_all(&mut window, year, year + 1).len(), 3);
    window.pause_until(year + 500_000);
    window.halve(year + 500_000);
    assert_eq!(window.admit(0), Admit::At(PAUSE_MOST_MS));
    let mut window = Window::new(3);
    assert_eq!(send_all(&mut window, year, year + 1).len(), 3);
    assert_eq!(window.admit(0), Admit::At(SPAN_MS + 1 + FOREIGN_MS));
    assert_eq!(window.admit(SPAN_MS + 1 + FOREIGN_MS), Admit::Now);
}

proptest! {
    #[test]
    fn never_more_than_allowed_in_any_span(
        rate in 1_u32..30,
        steps in prop::collection::vec((0_i64..400, 0_u8..12, 0_i64..400), 1..400),
    ) {
        let mut window = Window::new(rate);
        let (mut now, mut sent) = (1_000, Vec::new());
        for (step, what, later) in steps {
            now += step;
            match what {
                // Another process sends within the same limit, and tells of it.
                0 => {
                    let mut other = window.clone();
                    if other.admit(now) == Admit::Now {
                        window.foreign(now);
                        sent.push(now);
                    }
                }
                // Segue starts again with the stamps that it kept.
                1 => {
                    window = Window::new(rate);
                    for &stamp in &sent {
                        window.own(stamp);
                    }
                }
                2 => if let Some(&stamp) = sent.last() {
                    window.shift(stamp, later);
                },
                3 => window.halve(now + later),
                4 => window.pause_until(now + later),
                _ => while window.admit(now) == Admit::Now {
                    sent.push(now);
                },
            }
        }
        prop_assert!(most(&sent) <= usize::try_from(rate).unwrap());
    }

    #[test]
    fn nearly_all_that_is_allowed_goes(rate in 1_u32..50) {
        let sent = send_all(&mut Window::new(rate), 0, 60_000).len();
        let allowed = f64::from(rate) * 60_000.0 / 1_030.0;
        prop_assert!(f64::from(u32::try_from(sent).unwrap()) >= 0.95 * allowed, "{} of {}", sent, allowed);
    }
}
