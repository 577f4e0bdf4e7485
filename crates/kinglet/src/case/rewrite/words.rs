//! Words that carry meaning which no rewording may touch: how many, which way, how sure.

/// Numbers and units in words. They are put behind marks, and none may come back outside of one.
const QUANTITIES: &str = "\
    zero nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen \
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty \
    ninety hundred hundreds thousand thousands million millions billion billions trillion \
    trillions dozen dozens score couple pair half halves halved halving first second third thirds \
    fourth quarter quarters fifth sixth seventh eighth ninth tenth twelfth once twice thrice \
    double doubled doubles doubling triple tripled triples tripling quadruple quadrupled multiple \
    multiples fold twofold threefold tenfold percent percentage percentages point points basis \
    minus plus negative positive majority minority";

const UP: &str = "\
    rose rise rises risen rising gain gained gains gaining climb climbed climbs climbing jump \
    jumped jumps jumping advance advanced advances advancing add added adds surge surged surges \
    surging soar soared soaring rally rallied rallies up higher increase increased increases lead \
    led leads leading leader beat beats beaten beating outperform outperformed outperforms \
    outperformance ahead above exceed exceeded exceeds outpaced outpace outpacing grew grow grown \
    growing growth stronger better more larger greater raised raise raises hike hiked hikes dearer \
    longer win won wins premium";

const DOWN: &str = "\
    fell fall falls fallen falling drop dropped drops dropping decline declined declines declining \
    lost lose loses losing loss slip slipped slips slid slide slides sliding dip dipped sank sink \
    sunk shed sheds plunge plunged tumble tumbled slump slumped down lower decrease decreased \
    decreases trail trailed trails trailing lag lagged lags lagging underperform underperformed \
    underperforms underperformance behind below weaker worse less smaller fewer cut cuts cutting \
    lowered cheaper shorter discount gave give";

/// Words of which a rewording has as many as the plain sentence: comparisons, negations, hedges,
/// superlatives, causes, forecasts, advice.
const GUARDED: &str = "\
    not no never neither nor none nothing without cannot t hardly barely scarcely except unless \
    than by from against versus nearly almost about around roughly approximately some over under \
    just only least most exactly little unchanged flat same equal even all every each always ever \
    any best worst highest lowest largest smallest biggest strongest weakest longest shortest \
    record unprecedented historic because due thanks cause caused causes causing driven drove amid \
    therefore hence thus consequently result will would should must could may might can likely \
    unlikely probably possibly perhaps expect expected expects forecast forecasts predict predicts \
    soon buy sell hold guarantee guaranteed guarantees promise promises recommend recommended \
    advise advice sure certain certainly clearly obviously prove proves proved proof safe risk \
    risks riskless before after since until annual annualized annually daily weekly monthly \
    quarterly yearly year years month months week weeks day days today yesterday tomorrow price \
    prices total real nominal median mean average averages";

/// Words with which a sentence may begin though the plain one has them nowhere.
const OPENERS: &str = "\
    the a an in on at for of to with it its they their that this these those there and but yet \
    while meanwhile so still here as what when where which both then measured taken look looking \
    consider set put small large history returns rates investors companies stocks shares";

/// Whether a word says how many, in lower case and without hyphens.
pub(super) fn is_quantity(word: &str) -> bool {
    let part = |part: &str| has(QUANTITIES, part) || part.ends_with("fold");
    word.split('-').any(|p| part(&p.to_lowercase()))
}

/// Which way a word points, if it points.
pub(super) fn way(word: &str) -> Option<Way> {
    match word {
        word if has(UP, word) => Some(Way::Up),
        word if has(DOWN, word) => Some(Way::Down),
        _ => None,
    }
}

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// More, or ahead.
    Up,
    /// Less, or behind.
    Down,
}

/// Whether a word must stand as often as before.
pub(super) fn is_guarded(word: &str) -> bool {
    has(GUARDED, word)
}

/// Whether any sentence may begin with a word.
pub(super) fn is_opener(word: &str) -> bool {
    has(OPENERS, word)
}

fn has(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}
