//! Laws of the definitions on made-up data, and that no answer knows the future.

use kinglet_core::answer::Answer;
use kinglet_core::definition::{Law, Metric, ParamKind};
use kinglet_core::metrics::{CATALOG, find};
use kinglet_core::query::{Arg, Evaluator, Expr, Query};
use kinglet_core::time::{CalendarPeriod, Date, Grain, Length, Period};
use kinglet_core::view::View;
use proptest::prelude::*;
use proptest::sample::select;

use super::synthetic::{Alteration, odd_view, view};

fn day() -> impl Strategy<Value = Date> {
    (1989_i16..=2025, 1_i8..=12, 1_i8..=28)
        .prop_map(|(y, m, d)| Date::new(y, m, d).expect("a date"))
}

fn period() -> impl Strategy<Value = Period> {
    let calendar =
        || (select(&Grain::ALL), day()).prop_map(|(g, date)| CalendarPeriod::containing(g, date));
    prop_oneof![
        calendar().prop_map(Period::Calendar),
        (1_u16..24, day()).prop_map(|(n, day)| Period::Trailing(Length::months(n), day)),
        (select(vec![Grain::Month, Grain::Year]), day())
            .prop_map(|(grain, day)| Period::ToDate(grain, day)),
        (day(), 2_i32..400).prop_map(|(a, n)| {
            let a = CalendarPeriod::day(a);
            Period::Between(a, a.plus(n))
        }),
        calendar().prop_map(Period::At),
    ]
}

/// The example of a definition, about another period if it takes one.
fn about(metric: &'static Metric, period: Period) -> Query {
    let example: Query = metric.definition.example.parse().expect("a query");
    let Expr::Call(call) = example.expr() else { return example };
    let named = metric.definition.params.iter().find(|p| p.kind == ParamKind::Period);
    let Some(param) = named else { return example };
    let call = call.clone().with(param.name, Arg::Period(period));
    Query::new(Expr::Call(call)).expect("as the example, about another period")
}

fn answer(view: &View, query: &Query) -> Answer {
    Evaluator::new(view).answer(query)
}

fn value(view: &View, query: &Query) -> Option<f64> {
    answer(view, query).result.ok().map(|outcome| outcome.quantity.value)
}

#[test]
fn every_example_has_a_value() {
    let view = view(7, Alteration::none());
    for metric in CATALOG {
        let query = metric.definition.example.parse().expect("a query");
        let answer = answer(&view, &query);
        assert!(answer.result.is_ok(), "{}: {:?}", answer.query, answer.result);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Scaling by a power of two is exact, so that these laws hold to the last bit.
    #[test]
    fn laws_of_one_period(
        seed: u64,
        power in -12_i32..12,
        periods in prop::collection::vec(period(), 6),
    ) {
        let scale = libm::exp2(f64::from(power));
        let plain = view(seed, Alteration::none());
        let scaled = view(seed, Alteration { scale, ..Alteration::none() });
        for metric in CATALOG {
            for period in &periods {
                let query = about(metric, *period);
                let (a, b) = (value(&plain, &query), value(&scaled, &query));
                prop_assert_eq!(a.is_some(), b.is_some(), "{}", query);
                let (Some(a), Some(b)) = (a, b) else { continue };
                for law in metric.laws {
                    let holds = match law {
                        Law::ScaleInvariant => a == b,
                        Law::ScaleEquivariant => a * scale == b,
                        Law::WithinOne => a.abs() <= 1.0,
                        Law::NotNegative => a >= 0.0,
                        Law::NotPositive => a <= 0.0,
                        Law::Chains | Law::Adds => true,
                    };
                    prop_assert!(holds, "{:?}: {} is {} and, scaled, {}", law, query, a, b);
                }
            }
        }
    }

    /// From A to B and from B to C make from A to C.
    #[test]
    fn laws_of_adjoining_periods(seed: u64, start in day(), n in 5_i32..300, m in 5_i32..300) {
        let view = view(seed, Alteration::none());
        let a = CalendarPeriod::day(start);
        let (b, c) = (a.plus(n), a.plus(n + m));
        for metric in CATALOG {
            let over = |from, to| value(&view, &about(metric, Period::Between(from, to)));
            let values = (over(a, b), over(b, c), over(a, c));
            let (Some(first), Some(second), Some(both)) = values else { continue };
            for law in metric.laws {
                let joined = match law {
                    Law::Chains => (1.0 + first) * (1.0 + second) - 1.0,
                    Law::Adds => first + second,
                    _ => continue,
                };
                let name = metric.definition.name;
                let is_close = (joined - both).abs() < 1e-9 * both.abs().max(1.0);
                prop_assert!(is_close, "{}: {} and {}", name, joined, both);
            }
        }
    }

    /// Keeping what was computed changes no answer, in whatever order the queries come.
    #[test]
    fn one_evaluator_answers_like_many(seed: u64, order in Just(queries()).prop_shuffle()) {
        let view = view(seed, Alteration::none());
        let evaluator = Evaluator::new(&view);
        for query in order {
            prop_assert_eq!(evaluator.answer(&query), answer(&view, &query));
        }
    }

    /// Folds over a family are what a loop over the single periods gives.
    #[test]
    fn folds_are_loops(seed: u64, of in 0_usize..60, threshold in -5_i32..5, horizon in 1_u16..13) {
        let view = view(seed, Alteration::none());
        let month =
            |n: usize| CalendarPeriod::month(2020, 1).plus(i32::try_from(n).expect("small"));
        let returns: Vec<f64> =
            (0..60).map(|n| returned(&view, Period::Calendar(month(n)))).collect();
        let limit = f64::from(threshold) / 100.0;
        let after = |n: usize| {
            let end = month(n).last_day();
            let base = view.calendar.on_or_before(end).expect("a session");
            let end = view.calendar.forward(base, Length::months(horizon)).expect("a session");
            returned(&view, Period::Between(CalendarPeriod::day(base), CalendarPeriod::day(end)))
        };
        let events: Vec<f64> = (0..47).filter(|&n| returns[n] > limit).map(after).collect();
        let share = |values: &[f64]| {
            let hits = values.iter().filter(|v| **v > 0.0).count();
            (!values.is_empty()).then(|| hits as f64 / values.len() as f64)
        };
        let mean = |values: &[f64]| {
            (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
        };
        let run = returns[..=of].iter().rev().take_while(|r| **r > limit).count();
        let better = returns.iter().filter(|r| **r > returns[of]).count() + 1;
        let above = returns.iter().filter(|r| **r > limit).count();
        let (all, some) = ("since: 2020-01, until: 2024-12", "since: 2020-01, until: 2023-11");
        let when = format!("when: return(RUT, month) > {threshold}%, {some}");
        for (text, want) in [
            (format!("count(return(RUT, month) > {threshold}%, {all})"), Some(above as f64)),
            (format!("average(return(RUT, month), {all})"), mean(&returns)),
            (format!("rank(return(RUT, month), of: {}, {all})", month(of)), Some(better as f64)),
            (format!("share(return(RUT, +{horizon}m) > 0, {when})"), share(&events)),
            (format!("average(return(RUT, +{horizon}m), {when})"), mean(&events)),
        ] {
            let got = value(&view, &text.parse().expect("a query"));
            let close = match (got, want) {
                (Some(got), Some(want)) => (got - want).abs() < 1e-12,
                (got, want) => got == want,
            };
            prop_assert!(close, "{}: {:?}, not {:?}", text, got, want);
        }
        if run < of {
            let text = format!(
                "streak(return(RUT, month) > {threshold}%, ending: {})", month(of)
            );
            prop_assert_eq!(value(&view, &text.parse().expect("a query")), Some(run as f64));
        }
    }

    /// A record is what a look at every close before shows; so are the distance and the extremum.
    #[test]
    fn highs_are_maxima(seed: u64, day in day()) {
        let view = view(seed, Alteration::none());
        let series = view.series("RUT", kinglet_core::identity::Basis::Price).expect("a series");
        let end = view.calendar.on_or_before(day).expect("a session");
        let until: Vec<f64> = series.observations().iter()
            .filter(|o| o.date <= end).map(|o| o.value).collect();
        let (last, before) = until.split_last().expect("closes");
        let high = before.iter().copied().fold(0.0, f64::max);
        let ask = |text: String| value(&view, &text.parse().expect("a query"));
        let is_record = Some(f64::from(u8::from(*last > high)));
        prop_assert_eq!(ask(format!("record(RUT, {end})")), is_record);
        let distance = ask(format!("distance_from_high(RUT, @{day})"));
        prop_assert_eq!(distance, Some(last / high.max(*last) - 1.0));
        let of_year = until[until.len() - 100..].iter().copied().fold(f64::INFINITY, f64::min);
        prop_assert_eq!(ask(format!("extremum(RUT, 100d@{end}, kind: lowest)")), Some(of_year));
    }
}

/// Prices of any size and sign, as foreign data may hold them.
fn price() -> impl Strategy<Value = f64> {
    let sizes = [1e-320, 1e-300, 1e-9, 1.0, 1e9, 1e300, f64::MAX];
    prop_oneof![
        4 => 0.5..2.0,
        1 => (select(sizes.to_vec()), prop::bool::ANY).prop_map(|(v, n)| if n { -v } else { v }),
        1 => Just(0.0),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// No data make a computation panic, nor give a number that cannot be written.
    #[test]
    fn no_price_panics(prices in prop::collection::vec(price(), 300), period in period()) {
        let view = odd_view(&prices);
        let evaluator = Evaluator::new(&view);
        let about = CATALOG.iter().map(|metric| about(metric, period));
        for query in queries().into_iter().chain(about) {
            let answer = evaluator.answer(&query);
            prop_assert!(answer.number().is_none_or(f64::is_finite), "{:?}", answer);
            let _ = answer.display();
        }
    }
}

fn returned(view: &View, period: Period) -> f64 {
    let metric = find("return").expect("the return");
    value(view, &about(metric, period)).expect("a return")
}

fn queries() -> Vec<Query> {
    let golden = CATALOG.iter().flat_map(|m| m.golden.iter().map(|g| g.query));
    let texts = CATALOG.iter().map(|m| m.definition.example).chain(golden);
    texts.map(|text| text.parse().expect("a query")).collect()
}
