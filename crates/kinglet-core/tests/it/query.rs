//! The query language: what it prints it reads, no text makes it panic, errors point and help.

use std::fmt::Write;

use kinglet_core::definition::{Metric, Param, ParamKind};
use kinglet_core::identity::{Basis, Entity};
use kinglet_core::metrics::CATALOG;
use kinglet_core::quantity::{Quantity, Spelling, Unit};
use kinglet_core::query::{Arg, Call, Expr, Op, Query};
use kinglet_core::time::CalendarPeriod;
use kinglet_core::time::{Date, Grain, Length, LengthUnit, Period};
use proptest::prelude::*;
use proptest::sample::select;

fn date() -> impl Strategy<Value = Date> {
    (1800_i16..=2200, 1_i8..=12, 1_i8..=28)
        .prop_map(|(y, m, d)| Date::new(y, m, d).expect("a date"))
}

/// A period of the calendar whose name lies within the years that can be read.
fn calendar_period() -> impl Strategy<Value = CalendarPeriod> {
    let within = |p: &CalendarPeriod| p.to_string().parse::<CalendarPeriod>().is_ok();
    (select(&Grain::ALL), date())
        .prop_map(|(grain, date)| CalendarPeriod::containing(grain, date))
        .prop_filter("named within the years", within)
}

fn length() -> impl Strategy<Value = Length> {
    let units = [LengthUnit::Sessions, LengthUnit::Weeks, LengthUnit::Months, LengthUnit::Years];
    (1_u16..=5_000, select(units.to_vec())).prop_map(|(count, unit)| Length { count, unit })
}

fn fixed_period() -> impl Strategy<Value = Period> {
    let to_date = select(vec![Grain::Week, Grain::Month, Grain::Quarter, Grain::Half, Grain::Year]);
    prop_oneof![
        calendar_period().prop_map(Period::Calendar),
        (to_date, date()).prop_map(|(grain, day)| Period::ToDate(grain, day)),
        (length(), date()).prop_map(|(length, day)| Period::Trailing(length, day)),
        (calendar_period(), calendar_period())
            .prop_filter("in order", |(a, b)| a.first_day() <= b.last_day())
            .prop_map(|(a, b)| Period::Between(a, b)),
        calendar_period().prop_map(Period::At),
    ]
}

fn number() -> impl Strategy<Value = Expr> {
    let spellings = [
        (Spelling::Percent, Unit::Fraction),
        (Spelling::PercentagePoints, Unit::FractionDifference),
        (Spelling::BasisPoints, Unit::FractionDifference),
        (Spelling::IndexPoints, Unit::Points),
        (Spelling::Usd, Unit::Money),
        (Spelling::Ratio, Unit::Ratio),
    ];
    (-1_000_000_i32..1_000_000, 0_i32..5, select(spellings.to_vec())).prop_map(
        |(digits, places, (spelling, unit))| {
            let spelled = f64::from(digits) / f64::from(10_i32.pow(places.unsigned_abs()));
            Expr::Number(Quantity::new(spelled / spelling.per_unit(), unit), spelling)
        },
    )
}

/// The argument of a parameter; queries range over `grain`.
fn arg(param: &'static Param, grain: Grain) -> BoxedStrategy<Arg> {
    match param.kind {
        ParamKind::Entity => select(vec!["RUT", "SPX", "UST:10y", "CURVE:2s10s", "A & B.C^d"])
            .prop_map(|code| Arg::Entity(Entity::new(code)))
            .boxed(),
        ParamKind::Companies | ParamKind::Members => select(vec!["IWM", "LARGEST:500", "SPX"])
            .prop_map(|code| Arg::Entity(Entity::new(code)))
            .boxed(),
        ParamKind::Period => fixed_period().prop_map(Arg::Period).boxed(),
        ParamKind::Bound => calendar_period().prop_map(Arg::Bound).boxed(),
        ParamKind::Basis => select(vec![Basis::Price, Basis::Total]).prop_map(Arg::Basis).boxed(),
        ParamKind::Number(unit) => (-9999_i32..9999)
            .prop_map(move |digits| {
                let value = f64::from(digits) / 100.0 / unit.spelling().per_unit();
                let number = Expr::Number(Quantity::new(value, unit), unit.spelling());
                Arg::Query(Box::new(number))
            })
            .boxed(),
        ParamKind::Choice(words) => select(words).prop_map(Arg::Choice).boxed(),
        ParamKind::Figure(figures) => {
            select(figures.iter().map(|f| f.name).collect::<Vec<_>>()).prop_map(Arg::Choice).boxed()
        }
        ParamKind::Length => (1_u16..500).prop_map(|n| Arg::Length(Length::months(n))).boxed(),
        ParamKind::Statistic => Just("return(RUT, 2025)")
            .prop_map(|text| {
                let query: Query = text.parse().expect("a query");
                Arg::Query(Box::new(query.expr().clone()))
            })
            .boxed(),
        ParamKind::Query if param.name == "then" => {
            Just("average(return(RUT, +6m), when: return(RUT, month) > 0)")
                .prop_map(|text| {
                    let query: Query = text.parse().expect("a query");
                    let Expr::Call(call) = query.expr() else { unreachable!("a call") };
                    call.args[0].clone().expect("its query")
                })
                .boxed()
        }
        ParamKind::Query => returns(grain).prop_map(|e| Arg::Query(Box::new(e))).boxed(),
        ParamKind::Condition => (returns(grain), select(vec![Op::Greater, Op::LessEqual]))
            .prop_map(|(left, op)| {
                let zero = Expr::Number(Quantity::new(0.0, Unit::Ratio), Spelling::Ratio);
                Arg::Query(Box::new(Expr::Binary(op, Box::new(left), Box::new(zero))))
            })
            .boxed(),
        ParamKind::Member => {
            date().prop_map(move |date| Arg::Bound(CalendarPeriod::containing(grain, date))).boxed()
        }
    }
}

/// A return over each period of a grain.
fn returns(grain: Grain) -> impl Strategy<Value = Expr> {
    let definition = kinglet_core::metrics::find("return").expect("the return");
    select(vec!["RUT", "SPX", "IXIC"]).prop_map(move |code| {
        let call = Call::new(definition)
            .with("subject", Arg::Entity(Entity::new(code)))
            .with("period", Arg::Period(Period::Each(grain)));
        Expr::Call(call)
    })
}

/// A call of any definition; of what may be left out, some is. A default that is written out is
/// the same query, so that it is left out here.
fn call() -> impl Strategy<Value = Expr> {
    (select(CATALOG), select(&Grain::ALL)).prop_flat_map(|(metric, grain): (&'static Metric, _)| {
        let args: Vec<_> = metric
            .definition
            .params
            .iter()
            .map(|param| {
                let given = arg(param, grain).prop_map(|arg| {
                    (param.default != Some(arg.to_string().as_str())).then_some(arg)
                });
                if param.optional { prop_oneof![given, Just(None)].boxed() } else { given.boxed() }
            })
            .collect();
        args.prop_map(move |args| Expr::Call(Call { args, ..Call::new(metric) }))
    })
}

/// Any tree, whether its units fit or not.
fn expr() -> impl Strategy<Value = Expr> {
    let ops = [
        Op::Add,
        Op::Subtract,
        Op::Multiply,
        Op::Divide,
        Op::Greater,
        Op::GreaterEqual,
        Op::Less,
        Op::LessEqual,
    ];
    prop_oneof![number(), call()].prop_recursive(5, 24, 2, move |inner| {
        let negative = inner.clone().prop_map(|e| match e {
            Expr::Number(q, s) => Expr::Number(Quantity::new(-q.value, q.unit), s),
            other => Expr::Negative(Box::new(other)),
        });
        let binary = (select(ops.to_vec()), inner.clone(), inner)
            .prop_map(|(op, a, b)| Expr::Binary(op, Box::new(a), Box::new(b)));
        prop_oneof![negative, binary]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever tree makes a query is read back from its text as the same tree.
    #[test]
    fn printed_and_read_alike(expr in expr()) {
        let text = expr.to_string();
        match (Query::new(expr.clone()), text.parse::<Query>()) {
            (Ok(query), Ok(read)) => {
                prop_assert_eq!(read.expr(), query.expr(), "{}", text);
                prop_assert_eq!(read.unit(), query.unit());
                prop_assert_eq!(read.to_string(), text);
            }
            (Err(_), Err(_)) => {}
            (built, read) => prop_assert!(false, "{text}: {built:?} but read {read:?}"),
        }
    }

    /// A single call always fits its own units.
    #[test]
    fn every_call_is_a_query(expr in call()) {
        let text = expr.to_string();
        let read: Query = text.parse().map_err(|d| TestCaseError::fail(format!("{text}: {d}")))?;
        prop_assert_eq!(read.expr(), &expr);
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let _ = text.parse::<Query>().map_err(|d| d.to_string());
    }

    /// Nearly right texts reach further into the parser: examples with one place changed.
    #[test]
    fn no_slip_panics(
        metric in select(CATALOG),
        place in 0_usize..100,
        width in 0_usize..4,
        slip in "[-+*/<>=()@:,.%$ a-zA-Z0-9\u{e9}\u{1f426}]{0,4}",
    ) {
        let mut text: Vec<char> = metric.definition.example.chars().collect();
        let start = place.min(text.len());
        let end = (start + width).min(text.len());
        text.splice(start..end, slip.chars());
        let text: String = text.into_iter().collect();
        if let Err(error) = text.parse::<Query>() {
            let span = error.span.unwrap_or(kinglet_core::diagnostic::Span::new(0, 0));
            prop_assert!(text.get(span.start..span.end).is_some(), "{}", error);
            prop_assert_eq!(error.subject.as_deref(), Some(text.as_str()));
            let _ = error.to_string();
        }
    }
}

#[test]
fn long_and_deep_texts_are_refused() {
    for text in [
        "(".repeat(9_999),
        "-".repeat(9_999),
        vec!["1"; 4_000].join("+"),
        "count(".repeat(1_000),
        "1".repeat(20_000),
        format!("{}1{}", "(".repeat(63), ")".repeat(63)),
    ] {
        let read = text.parse::<Query>();
        assert_eq!(read.is_ok(), text.len() == 127, "{:?}", read.map_err(|d| d.message));
    }
}

/// What a reader sees of the usual slips: where, what was expected, the nearest name.
#[test]
fn errors_point_and_help() {
    let mut all = String::new();
    for text in [
        "",
        "retrun(RUT, 2025-08)",
        "RUT",
        "return(RUT, 2025-13)",
        "return(RUT, 0001)",
        "return(RUT)",
        "return(RUT, 2025-08",
        "return(RUT, 2025-08))",
        "return(RUT, 2025-08, basis: gross)",
        "return(RUT, 2025-08, bais: total)",
        "return(RUT, 2025-08, basis: total, basis: total)",
        "return(RUT, 2025-08, 2025-09)",
        "return(RUT, ytd@2025-06)",
        "level(RUT, @2025-09-18) + 10%",
        "return(RUT, 2025) > level(RUT, @2025)",
        "return(RUT, month)",
        "return(RUT, +6m)",
        "count(return(RUT, month))",
        "count(return(RUT, 2025) > 0)",
        "average(return(RUT, month) > 0)",
        "average(return(RUT, month) - return(RUT, year))",
        "average(return(RUT, +6m))",
        "average(return(RUT, +6m), when: return(RUT, +1m) > 0)",
        "streak(return(RUT, month) > 0, ending: 2025)",
        "-(return(RUT, 2025) > 0)",
        "7.1.2%",
        "3 apples",
        "level(R\u{fc}T, @2025)",
    ] {
        let error = text.parse::<Query>().expect_err(text);
        let _ = writeln!(all, "{error}\n");
    }
    insta::assert_snapshot!(all);
}

/// A program that forgets an argument, or gives one of another kind, gets a message.
#[test]
fn programs_are_checked_too() {
    let definition = kinglet_core::metrics::find("return").expect("the return");
    let bare = Call::new(definition);
    let half = bare.clone().with("subject", Arg::Entity(Entity::new("RUT")));
    let swapped = half.clone().with("period", Arg::Entity(Entity::new("RUT")));
    for call in [bare, half, swapped] {
        let error = Query::new(Expr::Call(call)).expect_err("not a query");
        assert!(error.message.starts_with("`return` got no `"), "{error}");
    }
}
