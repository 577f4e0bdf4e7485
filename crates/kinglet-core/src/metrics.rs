//! The catalogue. One file and one line here add a measure.

use crate::definition::Metric;

/// A family of measures.
#[derive(Debug)]
pub struct Lens {
    /// Its name: `returns`.
    pub name: &'static str,
    /// What it is about, one line.
    pub doc: &'static str,
    /// Its measures.
    pub metrics: &'static [&'static Metric],
}

/// Declares the modules of each lens and collects their metrics, in this order.
macro_rules! catalog {
    ($(#[doc = $doc:literal] $lens:ident { $($name:ident),* $(,)? })*) => {
        $(#[doc = $doc] pub mod $lens { $(pub mod $name;)* })*

        /// Every lens, in order.
        pub static LENSES: &[Lens] = &[$(Lens {
            name: stringify!($lens),
            doc: $doc,
            metrics: &[$(&$lens::$name::METRIC),*],
        }),*];

        /// Every measure, lens by lens.
        pub static CATALOG: &[&Metric] = &[$($(&$lens::$name::METRIC,)*)*];
    };
}

catalog! {
    /// Levels, changes and extremes of one entity.
    returns {
        level,
        period_return,
        point_change,
        annualized_return,
        record,
        extremum,
        drawdown,
        drawdown_length,
        drawdown_count,
        crisis_return,
        member_return,
        distance_from_high,
    }
    /// Folds over families of periods.
    statistics {
        count,
        cases,
        share,
        average,
        streak,
        rank,
        percentile,
        z_score,
        month_of_year,
        study,
    }
    /// How much prices move, and together, and what was earned for it.
    risk {
        volatility,
        correlation,
        sharpe_ratio,
        probabilistic_sharpe_ratio,
        deflated_sharpe_ratio,
        track_record_length,
        sortino_ratio,
        treynor_ratio,
        beta,
        alpha,
        tracking_error,
        information_ratio,
        downside_deviation,
        value_at_risk,
        expected_shortfall,
        skewness,
        kurtosis,
        calmar_ratio,
        omega_ratio,
        ulcer_index,
        up_capture,
        down_capture,
        m_squared,
        hedge_ratio,
        factor_loading,
        factor_alpha,
        factor_fit,
        abnormal_return,
        confidence_limit,
    }
    /// Trends: averages, channels, breakouts, what was traded.
    momentum {
        moving_average,
        distance_from_average,
        momentum,
        time_series_momentum,
        rsi,
        macd,
        atr,
        obv,
        mfi,
        relative_strength,
        time_under_high,
        donchian,
        regression_channel,
        channel_touches,
        channel_intact,
        breakout,
        breadth,
        new_highs,
        cross,
    }
    /// Which side leads, since when, and on how few companies it rests.
    leadership {
        leadership_length,
        leadership_gain,
        leadership_hazard,
        rotation,
        top_weight,
        herfindahl,
        effective_number,
    }
    /// What money comes into funds, and what is sold short.
    flows { flow, flow_rate, short_interest }
    /// Policy rates and yields.
    rates {
        policy_rate,
        rate_change,
        rate_pause,
        cycle_change,
        first_cut,
        first_hike,
        rate_projection,
        projection_error,
        implied_path_error,
        treasury_yield,
        real_yield,
        yield_spread,
        curve_regime,
        sensitivity,
    }
    /// What investors pay for earnings and assets.
    valuation {
        pe_trailing,
        pe_forward,
        unprofitable_share,
        coverage,
        earnings_yield,
        price_to_book,
        price_to_sales,
        ev_ebitda,
        dividend_yield,
        cash_flow_yield,
        cape,
        pe_discount,
        ratio_to,
        implied_growth,
    }
    /// What companies earn, and what returns were made of.
    earnings { eps_growth, eps_breadth, revenue_growth, margin, return_component }
    /// What companies owe, and what it costs them.
    balance { debt, debt_to_ebitda, interest_coverage, weak_coverage, rate_effect }
    /// The economy.
    economy { unemployment, inflation, indicator_growth, credit_spread, recession }
}

/// The measure of a name.
pub fn find(name: &str) -> Option<&'static Metric> {
    CATALOG.iter().copied().find(|m| m.definition.name == name)
}
